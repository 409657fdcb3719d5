"""The Map page: controls, map, inspector, search, selection, evidence."""
