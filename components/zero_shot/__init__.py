"""The Zero-shot page: labels and templates, accuracy, confusion, mistakes, every picture's probabilities."""
