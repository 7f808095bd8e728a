"""The queue server: its core, journal, hub, HTTP interface, intake, archive and accounts.

Start with `queue_server.core.decide` (the rules) and `queue_server.app` (what is wired to what).
"""
