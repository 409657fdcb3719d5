"""One relation: whether the differences of many pairs are one direction."""
