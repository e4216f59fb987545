"""Answers as Excel workbooks. Numbers are numbers, dates are dates, and no text is ever taken for a formula."""
