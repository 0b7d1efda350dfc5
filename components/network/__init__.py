"""The network layer: the VPC, its ways in and out, its firewall."""
