"""Pages of the accounts: the administrator's, choosing a password, pairing a device."""
