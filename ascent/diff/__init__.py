"""What a change does to a stack: two revisions, two previews, or what is deployed and what is planned."""
