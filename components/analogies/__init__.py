"""One sum: typed, answered by every method, and drawn."""
