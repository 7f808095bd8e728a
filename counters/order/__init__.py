"""The manager's page of the order of calls: the mode, its numbers, and a live worked example."""
