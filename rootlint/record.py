"""Data classes that nobody changes, as cheap to make as any other.

A frozen data class sets each field through a call, which takes four times as long as an assignment,
and is pickled by Python instead of by C. There are very many of these, so the type checker alone
sees that they are frozen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - it is what this module offers
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """The decorator of that name: equal where its fields are, and a key where they are hashable."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)
