"""The manager's live page: who waits, who serves, what to change.

Read `view` first: it puts the page together from `field_load`, `counter_load` and `alarms`;
`values` is what is sent, `routes` the page and what it starts from.
"""
