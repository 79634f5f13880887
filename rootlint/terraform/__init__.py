"""Reads Terraform; nothing else knows it."""
