"""What a scenario takes for true: values of parameters that have none, and conditions."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from types import MappingProxyType
from typing import NamedTuple


class Assumed(NamedTuple):
    """`truths` by the name of the condition, `values` by what is said of the parameter's missing value.

    Both names are those of the whole unit: `Nested.IsProd`.
    """

    truths: Mapped[str, bool] = MappingProxyType({})
    values: Mapped[str, str] = MappingProxyType({})


NOTHING = Assumed()
