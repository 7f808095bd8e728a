"""What a dead line does to the lobby's voice: ``python -m tests.speech_faults``.

The online voice talks to a stand-in of its service through real TLS, which fails in eleven ways,
and in network namespaces to a network that is dead in three. Measured is what a citizen would
notice: whether every announcement comes and when, and whether a call waits for it.
"""
