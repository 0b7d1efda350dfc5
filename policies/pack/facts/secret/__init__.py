"""What is secret: by its name, by its form, and because the engine says so."""
