"""Replicas of centres, who watches which view, sockets with bounded outboxes."""
