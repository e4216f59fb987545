"""Whether the ledger, its copies and its surroundings are in order."""
