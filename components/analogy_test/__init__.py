"""Test sets: how many analogy questions a space answers, and how many simpler guesses would."""
