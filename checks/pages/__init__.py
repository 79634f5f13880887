"""The generated page of each check."""
