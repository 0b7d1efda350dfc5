"""How a new version takes over from the old one."""
