"""The dossier register: what was received, whether it was handed over, whether it was printed.

Read `view`, then `entry` and `written`; `earlier` and `routes` give the days before from SQL.
"""
