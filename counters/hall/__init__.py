"""The reception's page: give a number to somebody, find one, put right what went wrong.

Start with `view` (what is shown) and `hall.js` (what is drawn of it).
"""
