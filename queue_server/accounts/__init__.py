"""Staff, roles, sessions, devices and their tokens.

Start with `accounts.py` (what can be done), `principal.py` (who asks) and `routes.py` (over HTTP).
Imports the core, the archive's tables and, for its routes and pages, how the interface reads
bodies and how pages are rendered.
"""
