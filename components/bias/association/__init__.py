"""The view “association” of the bias probes."""
