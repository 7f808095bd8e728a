"""A centre's day on the rules that run live: simulate, compare, replay.

`scenario_file` reads what a day is like, `day` draws its visits, `engine` runs them through a
`hall`: `bare_hall` asks `counters.routing.choice` alone and is fast, `core_hall` drives the very
`decide` and `apply` of the live core. `policies` are orders to compare, `comparison` pairs them
day by day. Pure: no clock, no files; whatever is random comes from a seed.
"""
