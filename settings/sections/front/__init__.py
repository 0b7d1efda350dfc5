"""Parts of the edge's settings, each a section inside of it."""
