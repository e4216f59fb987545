"""The rules, pure: standard library only, no clock, no database, no files. Dates come in as arguments."""
