"""The version, where the build, the provenance of loads and `kg --version` find it."""

__version__ = "0.1.0"
