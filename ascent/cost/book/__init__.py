"""The price book, and the small tables beside it: what is free, an account's allowances, discounts."""
