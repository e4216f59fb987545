"""The quarter: its report, what was frozen of it, why it differs now, and what its papers are written from."""
