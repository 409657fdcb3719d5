"""How many clusters: scores over their number, and the trees."""
