"""What is on paper: slips and receipts as values; ESC/POS devices, spool, status."""
