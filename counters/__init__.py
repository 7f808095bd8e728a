"""What staff and managers use: console, load, routing, estimates, report."""
