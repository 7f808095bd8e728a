"""Settings of the process and centre files, with a realistic sample centre.

Start with `settings` (environment variables) and `centre_file` (from TOML to a configuration);
`shape` and `leaf` name every mistake in a file by its key. May import `queue_server.core`.
"""
