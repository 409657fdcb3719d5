"""The Clusters page: groups, how many, how real, and what to call them."""
