"""What happened, in SQL: visits, transactions, events; reports read only from here.

Start with `tables` (what is kept), `database` (the two ways in) and `follower`, which brings the
journal here; `migrate` brings a database of an earlier release up to date.
"""
