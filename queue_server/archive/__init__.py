"""What happened, in SQL: visits, transactions, events; reports read only from here.

Start with `tables` (what is kept) and `database` (the two ways in); `migrate` brings a database
of an earlier release up to date.
"""
