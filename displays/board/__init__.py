"""The lobby board: whose turn it is and where to go, seen and heard.

Start with `view` (what it is given) and `board.js` (what it does with it); `subject` says which
board is meant, `geometry.js` how large everything is, `screen_page` how a page begins before its
server. The counter sign is made of the same parts.
"""
