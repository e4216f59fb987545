"""Everything that is asked: each report is a function of a view, and its answer a frozen dataclass."""
