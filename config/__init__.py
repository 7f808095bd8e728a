"""Settings of the process and centre files, with a realistic sample centre."""
