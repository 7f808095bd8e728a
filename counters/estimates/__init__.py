"""How long a citizen will wait, told honestly: a range, or why there is none."""
