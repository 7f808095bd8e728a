"""Which waiting ticket a free counter calls: pure, one function for live, estimate, simulation.

`eligibility` says which tickets a counter may call, `strategies` in which order, `router` joins
the two by the name in the centre's configuration.
"""
