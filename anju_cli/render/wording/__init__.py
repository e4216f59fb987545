"""The official wording of every code."""
