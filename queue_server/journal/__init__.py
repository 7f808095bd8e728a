"""The append-only log of a centre, in memory and in Redis.

Read `protocol` (what a journal promises), then `memory_journal` (the same as a specification that
runs) and `redis_journal`. `embedded_redis` keeps a private store where none is configured.
"""
