"""Why was a number passed, and why was this one called: said to staff in one plain sentence."""
