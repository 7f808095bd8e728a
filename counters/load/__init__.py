"""The manager's live page: who waits, who serves, what to change. Read `view` first."""
