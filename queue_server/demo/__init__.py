"""The demo: a whole centre with virtual citizens and clerks on a scaled clock.

They use the public HTTP API like anyone else. Read `run`, then `citizens` and `clerks`.
"""
