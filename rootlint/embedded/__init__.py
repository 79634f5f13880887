"""Documents that are written inside a value: JSON texts and policies, with their places in the file."""

from rootlint.embedded.json_text import parse_json
from rootlint.embedded.policy import policy

__all__ = ["parse_json", "policy"]
