"""How many tasks or instances there are: by load, and by the clock."""
