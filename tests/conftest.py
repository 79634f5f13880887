"""What holds for all tests."""

import os

from hypothesis import settings

# A test never asserts a time: on a busy machine any example may take long. The same commit gets the
# same examples everywhere; `ROOTLINT_EXAMPLES=fresh` tries others, which may find what nobody has seen.
fresh = os.environ.get("ROOTLINT_EXAMPLES") == "fresh"
settings.register_profile("steady", deadline=None, derandomize=not fresh)
settings.load_profile("steady")
