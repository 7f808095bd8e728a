"""The dossier register: what was received, whether it was handed over, whether it was printed."""
