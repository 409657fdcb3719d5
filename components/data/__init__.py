"""The Data page: ready collections, uploads and what was understood of them."""
