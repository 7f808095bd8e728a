"""The reception's page: give a number to somebody, find one, put right what went wrong."""
