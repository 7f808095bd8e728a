"""Makes this the package `tests`: a dependency of ours installs one of the same name."""
