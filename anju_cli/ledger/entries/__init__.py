"""Entries: what begins a chain, what follows in it, and how they get into the ledger."""
