"""The cheapest way to a score: settings that reach it, or what stands in the way."""
