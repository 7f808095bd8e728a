"""Replicas of centres, who watches which view, sockets with bounded outboxes.

Read `replica` (decide → append → apply), then `views` (what watchers are shown), then
`connection` (one socket).
"""
