"""What one root module, plan or template declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.value import Reference
from rootlint.source import Unreadable


class Declared(Protocol):
    """What every class of the vocabulary (trail, topic, policy, …) has."""

    @property
    def resource(self) -> Resource: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """One root module, one plan, or one template, read.

    `name` is its folder or file, relative. `declares` holds the objects of `model/`, in the order
    of the files. `resources` are all resources of kinds that the vocabulary knows. `called` is
    true for a module that only others call.
    """

    name: str
    declares: tuple[Declared, ...] = ()
    resources: tuple[Resource, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()
    doors: tuple[Door, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    called: bool = False


def is_export(reference: Reference) -> bool:
    """Whether a reference names an export of another stack."""
    return reference.address == "export" and not reference.unit
