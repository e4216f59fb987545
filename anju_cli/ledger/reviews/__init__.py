"""The assessment of a quarter as it is written, and seals."""
