"""What is on paper: slips and receipts as values; ESC/POS devices, spool, status.

Start with `slip` (what it says), `drawing` (how it looks), `escpos_printer` (when it counts as
printed) and `spool` (why it is printed at most once). May import `queue_server.core`.
"""
