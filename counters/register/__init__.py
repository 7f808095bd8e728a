"""The dossier register: what was received, whether it was handed over, whether it was printed.

Start with `view` (the day as it is now); `routes` adds the page and the days before.
"""
