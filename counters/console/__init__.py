"""The counter console: what a member of staff sees and does at a counter, keyboard first."""
