"""The lobby board: whose turn it is and where to go, seen and heard."""
