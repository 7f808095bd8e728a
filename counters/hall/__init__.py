"""The reception's page: give a number to somebody, find one, put right what went wrong.

Read `view` first: the lobby as its lists show it; `found` is one ticket by what somebody says,
types or scans, `values` what both send, `routes` the page and what it starts from.
"""
