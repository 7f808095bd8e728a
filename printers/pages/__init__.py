"""The administrator's page about printers: how each is, its last papers, test prints, search.

Start with `view` (what the page is given) and `routes` (the page and what it asks for).
"""
