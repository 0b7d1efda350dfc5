"""Records of probes as evidence: for a stack that runs the image that was probed, and for no other."""
