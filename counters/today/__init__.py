"""The day so far, for the manager's page: who came and will come, the waits, the counters' hours.

Start with `values`; `curve` and `hours` are pure and make them, `routes` answers with them.
"""
