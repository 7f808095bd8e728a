"""Makes these tests the package `tests`: one that a library installs by that name must not win."""
