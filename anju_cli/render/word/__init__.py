"""Official papers as Word documents. They are Chinese documents whatever the language in use."""
