"""All centres of a deployment at a glance, for who runs many."""
