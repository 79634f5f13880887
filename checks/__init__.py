"""The built-in checks: one file, one check."""
