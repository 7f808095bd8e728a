"""The page on which a centre records its own voice: `/voice`."""
