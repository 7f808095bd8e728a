"""Commands to events, by what they are about: tickets, counters, dossiers, the centre."""
