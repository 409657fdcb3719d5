"""The small applications that some benchmarks serve."""
