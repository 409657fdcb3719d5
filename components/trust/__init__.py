"""The Trust page: true, false and missing neighbours, seeds, methods side by side."""
