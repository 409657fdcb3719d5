"""The view “direction” of the bias probes."""
