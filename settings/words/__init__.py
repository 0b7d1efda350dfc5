"""How settings are written: values, places, and the commands that set them."""
