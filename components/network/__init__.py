"""The network layer: the VPC, its ways in and out, and who may talk to whom."""
