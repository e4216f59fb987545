"""Reviews as they are asked for."""
