"""Reads CloudFormation; nothing else knows it."""
