"""Follow-up matters as they are written."""
