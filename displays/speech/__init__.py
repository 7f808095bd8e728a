"""What the lobby hears: calls as lists of clips, the voices that make them, the player.

Start at `announcement`: it says which clips a call is made of. `clip_maker.prepare` renders
them ahead with the best voice there is, `clip_book` tells a board where they are, and
`static/announcer.js` plays them. Nothing is synthesised between *Next* and the lobby.
`page_speech` reads pages aloud at kiosks.
"""
