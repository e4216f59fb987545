"""Receipts (回执码): the beginning of a filing's digest, printed for whoever filed."""

RECEIPT_LENGTH = 16
"""Hexadecimal digits of a receipt: 64 bits."""


def receipt(filing_digest: str) -> str:
    """What is printed for whoever filed (回执码): four groups of four digits, easy to read out over the phone."""
    return "-".join(filing_digest[start : start + 4] for start in range(0, RECEIPT_LENGTH, 4))
