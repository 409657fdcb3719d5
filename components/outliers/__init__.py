"""The Outliers page: lonely items, possible wrong labels, near-duplicates."""
