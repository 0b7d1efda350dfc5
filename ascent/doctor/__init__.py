"""What a first deployment needs, asked before it: tools, credentials, region, quotas, zones, verification."""
