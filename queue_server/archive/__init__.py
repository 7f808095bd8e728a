"""What happened, in SQL: visits, transactions, events; reports read only from here."""
