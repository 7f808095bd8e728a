"""The dossier register: what was received, whether it was handed over, whether it was printed.

<<<<<<< HEAD
Start with `view` (the day as it is now); `routes` adds the page and the days before.
=======
Read `view`, then `entry`; `earlier` and `routes` give the days before from SQL.
>>>>>>> refs/heads/follow
"""
