"""Code for applications that run on the platform, to copy from."""
