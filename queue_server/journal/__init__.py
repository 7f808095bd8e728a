"""The append-only log of a centre, in memory and in Redis."""
