"""How much a return may be. A file beyond is refused before it is unpacked, read or kept in memory."""

MOST_BYTES = 32_000_000
"""Of a file as it comes."""
MOST_UNPACKED = 240_000_000
"""Of a workbook's sheets and strings, unpacked: 100,000 rows of projects are some 100 MB."""
MOST_OTHER = 4_000_000
"""Of any other part of a workbook that is read, unpacked."""
MOST_PARTS = 500
"""Parts of a workbook."""
MOST_CELLS = 2_500_000
MOST_STRINGS = 1_000_000
"""Different texts of a workbook."""
MOST_ROWS = 150_000
LONGEST_RUN = 1_000_000
"""Bytes between two tags: no cell of Excel's is longer than 32,767 characters."""
MOST_MERGES = 20_000
MOST_COLUMNS = 200
"""Columns that are looked at."""
