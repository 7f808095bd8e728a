"""What is on paper: slips and receipts as values; ESC/POS devices, spool, status.

Start with `slip` (what it says), `drawing` (how it looks), `escpos_printer` (when it counts as
printed), `spool` (why it is printed at most once) and `printer_choice` (which kinds there are).
`agent` prints on another machine, `pages` is the administrator's page. May import
`queue_server` up to its interface.
"""
