"""The Neighbours page: what is looked up, by which metric, and what a score means."""
