"""The counter console: what a member of staff sees and does at a counter, keyboard first.

Start with `view` (what is shown) and `console.js` (what is drawn of it); `keys.js` says which key
means what. `seats` is the view from which a counter is chosen.
"""
