"""Staff, roles, sessions, devices and their tokens."""
