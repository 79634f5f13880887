"""What holds for all tests."""

from hypothesis import settings

# A test never asserts a time: on a busy machine any example may take long.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
