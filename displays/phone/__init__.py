"""One ticket on the phone of the citizen who holds it. Start at `view` and `routes`."""
