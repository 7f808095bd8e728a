"""One module per change of the layout, oldest first."""
