"""anju: an annual plan, its units' progress, and the quarterly reckoning."""

__version__ = "0.1.0"
