"""Axes of meaning: made from seeds, checked on seeds left out, and items along them."""
