"""Hand-over to dossier intake: due times, dossier codes, the register, outside systems."""
