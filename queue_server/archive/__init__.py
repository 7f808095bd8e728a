"""What happened, in SQL: visits, transactions, events; reports read only from here.

Start with `tables`, then `ledger` (commits to visits), `recorder` (visits to rows) and `follower`
(the journal to the recorder). `report` reads a day back; `backup` and `restore` move it all.
"""
