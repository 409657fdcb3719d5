"""What pages are made of: pickers, map, tables, panels; all caching and session state."""
