"""The lobby board: whose turn it is and where to go, seen and heard.

`view` says what is on it, `board.js` draws it, `geometry.js` makes it as large as it must be.
"""
