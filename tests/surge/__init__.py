"""A day with a surge in land, lived by virtual people over HTTP, with and without the proposal.

`centre` is the centre with profiles restricted to active sets, `scaled_server` serves it on a
scaled clock, `people` live in it, `day` is one run. ``python -m tests.surge --runs 5`` repeats
pairs of runs and compares what the proposals said with what happened.
"""
