"""The database: its schema, and the two doors to it. Nothing else opens the file."""
