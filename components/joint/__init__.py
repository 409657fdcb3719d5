"""The page on pictures and texts in one space: which texts, the gap between the kinds, closing it, retrieval."""
