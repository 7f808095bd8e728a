"""The kiosk: a citizen finds the procedure, sees what to bring, and takes a number.

Start at `view` (what the screen watches), `catalogue` (what does not change during the day),
`search` (finding a procedure by what people call it) and `routes`.
"""
