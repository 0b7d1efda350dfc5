"""A small shop, to copy from: accounts, products with pictures, orders."""
