"""Plans held against each other, and next year's."""
