"""Bias probes: what a space associates with whom, how sure that is, and what taking it out leaves behind."""
