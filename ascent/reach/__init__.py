"""Who can reach whom: read off a plan, over routes, network ACLs, security groups, endpoints and what passes on."""
