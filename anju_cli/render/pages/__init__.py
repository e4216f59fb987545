"""What each answer looks like to a person, one module per noun."""
