"""A linter that proves where infrastructure as code leaves the AWS root user unprotected."""

__version__ = "0.1.0"
