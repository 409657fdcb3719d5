"""Clusters on a map."""
