"""A made-up half year, to try things on."""
