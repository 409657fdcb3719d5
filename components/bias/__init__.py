"""Bias probes: word sets, tests with their uncertainty, and what is left after debiasing."""
