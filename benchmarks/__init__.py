"""What must be fast, measured against a named baseline in the same run: `python -m benchmarks [NAME …]`."""
