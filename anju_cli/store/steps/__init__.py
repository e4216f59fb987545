"""The SQL of each version of the schema, commented, one module each."""
