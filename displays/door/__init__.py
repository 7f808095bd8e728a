"""A number without paper: the code at the door, and the page it leads to. Start at `routes`."""
