"""What one root module, plan or template declares."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.value import Reference, Unknown
from rootlint.record import dataclass
from rootlint.source import Span, Unreadable


class Declared(Protocol):
    """What every class of the vocabulary (trail, topic, policy, …) has."""

    @property
    def resource(self) -> Resource: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """One root module, one plan, or one template, read.

    `name` is its folder or file, relative. `declares` holds the objects of `model/`, in the order
    of the files. `resources` are all resources of kinds that the vocabulary knows. `called` is
    true for a module that only others call. `hangs` is true where
    conditions that the values in force do not decide make it one thing or another. `values_from` are the files that
    gave it values, `concealed` the places of values that are never shown.
    """

    name: str
    declares: tuple[Declared, ...] = ()
    resources: tuple[Resource, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()
    doors: tuple[Door, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    called: bool = False
    hangs: bool = False
    values_from: tuple[str, ...] = ()
    concealed: tuple[Span, ...] = ()


class Scenario(NamedTuple):
    """The unit as it is where some conditions hold or do not hold: `when` says which, each with its place."""

    when: tuple[Unknown, ...]
    unit: Unit


class Scenarios(NamedTuple):
    """What a unit may be; `complete` where one of these it must be."""

    every: tuple[Scenario, ...]
    complete: bool


def is_export(reference: Reference) -> bool:
    """Whether a reference names an export of another stack."""
    return reference.address == "export" and not reference.unit
