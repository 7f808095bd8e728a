"""The rules of queueing, pure: no clock, no I/O, no framework.

Read `ticket` (the life of a ticket as one table), then `decide` (commands to events) and
`apply` (events to the state of a centre).
"""
