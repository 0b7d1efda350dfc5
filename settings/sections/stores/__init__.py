"""The sections of single data stores, a module each."""
