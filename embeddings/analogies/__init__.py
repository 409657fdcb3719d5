"""Arithmetic on meaning: sums of words and pictures, their answers, and how good they are."""
