"""The public HTTP interface: commands, queries, problem documents, OpenAPI."""
