"""The view “sets” of the bias probes."""
