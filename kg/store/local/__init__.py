"""A store in this process: in memory, or a folder on disk."""
