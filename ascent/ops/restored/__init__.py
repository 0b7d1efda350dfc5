"""How each kind of store is brought back beside itself."""
