"""The view “skew” of the bias probes."""
