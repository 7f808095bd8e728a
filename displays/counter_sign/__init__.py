"""The counter sign: the number that is at one counter, for a tablet above it."""
