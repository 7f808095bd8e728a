"""How long a citizen will wait, told honestly: a range, or why there is none.

Start with `estimator`, what the core asks. `present` copies the live centre into a `hall`, `roll`
runs the order ahead on it with the times of `chance`, `waits` takes the middle of several rolls,
`table` says how such waits ended; `fallback` answers where that is not possible. `learning` is
what the nights teach.
"""
