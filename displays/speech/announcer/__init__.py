"""The announcer: speaks the calls of a zone through loudspeakers that hang on a PC, not on a board.

Start with `program` (what it does), `outputs` (where the sound goes) and `clip_shelf` (what it
plays). What is said when is decided in `displays.speech.speaker`, as on boards.
"""
