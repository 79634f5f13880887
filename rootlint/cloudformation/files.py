"""Which files may be templates, by their bytes: discovery asks it of every file, so it imports nothing."""

from __future__ import annotations

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def looks_like_template(data: bytes) -> bool:
    """Whether the bytes of a file name what every template has. Rarely wrong, never too strict."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _mentions(data.decode(encoding, "replace").encode("utf-8", "replace"))
    return _mentions(data)


def _mentions(data: bytes) -> bool:
    if b"Resources" in data:
        return b"::" in data or b"AWSTemplateFormatVersion" in data
    # Of org-formation, and of the Serverless Framework where all resources are in other files.
    return b"OC::ORG::" in data or (b"resources:" in data and b"${file(" in data)
