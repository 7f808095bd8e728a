"""HTTPS with the centre's own authority, for networks that no public authority reaches.

Start at `door` (the second listener); `authority` makes the certificates, `kept` keeps them.
"""
