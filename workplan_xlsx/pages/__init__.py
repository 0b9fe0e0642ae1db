"""Pages for a browser: one file each, read-only, no server, nothing loaded from anywhere."""
