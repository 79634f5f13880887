"""Everything that was read, and the questions asked of it: what exists, what names what, what is hidden."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, TypeVar

from rootlint.model.index import Index, Name, Near
from rootlint.model.named import Named
from rootlint.model.read import text
from rootlint.model.resource import Door, Resource
from rootlint.model.same import references, same
from rootlint.model.spelling import spells_name
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit, is_export
from rootlint.model.value import Choice, Known, Reference, Unknown, Value, Why
from rootlint.record import dataclass

D = TypeVar("D", bound=Declared)


@dataclass(frozen=True, slots=True)
class Link(Generic[D]):
    """Something that is linked to something else, and whether it is."""

    thing: D
    holds: Truth


class Estate:
    """All units of a run. A link within a unit follows references, then names; between units, names.

    Between units only what AWS would see counts: an export and its import, or a literal name that
    one other unit alone declares.
    """

    def __init__(self, units: Iterable[Unit], *, elsewhere: Collection[str] = ()) -> None:
        """`elsewhere` are the obligations that other repositories meet: "alarms", "trails"."""
        self.units = tuple(units)
        self.elsewhere = frozenset(elsewhere)
        # What was asked of it (model/remember.py), by the question and what it was about.
        self.answers: dict[object, dict[tuple[int | str, ...], tuple[object, object]]] = {}
        self._every: dict[object, tuple[Declared, ...]] = {}
        self._instead: tuple[Estate, Unit] | None = None
        self._doubtful: dict[int, tuple[Link[Any], ...]] = {}
        self._indexes: dict[tuple[object, str], Index] = {}
        self._named_by: dict[type, Named] = {}

    def every(self, kind: type[D] | tuple[type[D], ...]) -> tuple[D, ...]:
        """All objects of a kind that exist or may exist, in the order in which they were read."""
        found = self._every.get(kind)
        if found is None:
            found = tuple(self._existing(kind))
            self._every[kind] = found
        return found  # type: ignore[return-value]  # the key is the type of what is stored

    def instead(self, unit: Unit) -> Estate:
        """The same estate with another reading of one of its units."""
        units = (unit if other.name == unit.name else other for other in self.units)
        found = Estate(units, elsewhere=self.elsewhere)
        found._instead = (self, unit)
        return found

    def switched_off(self, kind: type[D]) -> tuple[D, ...]:
        """All objects of a kind that are written and absent under the values in force."""
        return tuple(thing for thing in self._all(kind) if _exists(thing) is Truth.NO)

    def linked(self, kind: type[D], field: str, thing: Declared) -> tuple[Link[D], ...]:
        """The objects of a kind whose `field` names `thing`, or may name it, each with how sure that is."""
        others = self.every(kind)
        if not others:
            return ()
        near = self._index(kind, field).near(_name_of(thing))
        asked = {
            number: self.denotes(getattr(other, field), thing, by=other.resource) & _exists(other)
            for number, other in ((number, others[number]) for number in near.asked)
        }
        return self._links(kind, near, asked)

    def denotes(self, value: Value | None, thing: Declared, *, by: Resource | None = None) -> Truth:
        """Whether a value names `thing`: by reference, by name, or by an ARN that ends in its name.

        `by` is the resource in which the value is written; without it, one of the same unit is meant.
        """
        if isinstance(value, Choice):
            answers = {self.denotes(option.value, thing, by=by) for option in value.options}
            return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
        if value is None:
            return Truth.NO
        refers = self._followed(getattr(value, "refers", None))
        if refers is not None:
            answer = self._refers_to(refers, value, thing)
            if answer is not None:
                return answer
        return self._names(value, thing, by)

    def target(self, value: Value | None, kind: type[D], by: Resource) -> tuple[Link[D], ...]:
        """The objects of a kind that a value names or may name."""
        if value is None:
            return ()
        things = self.every(kind)
        place = self._place_of(value)
        near = self._named(kind).near(value, place, declared=place in self._declared)
        asked = {number: self.denotes(value, things[number], by=by) for number in near.asked}
        return self._links(kind, near, asked)

    def hidden(self, around: Resource) -> tuple[Unknown, ...]:
        """What could hold a peer of `around` without our seeing it.

        Modules that are not on disk and receive it, files of its unit that cannot be read, and
        outputs through which it leaves.
        """
        unit = self._units.get(around.unit)
        if unit is None:
            return ()
        blind = [
            spot.because
            for spot in unit.blind_spots
            if spot.anything or _receives(spot.receives, around.address)
        ]
        return (*blind, *self._doors(unit, around))

    def resources(self, unit_name: str) -> tuple[Resource, ...]:
        """All resources of a unit that exist or may exist."""
        unit = self._units.get(unit_name)
        found = unit.resources if unit else ()
        return tuple(resource for resource in found if resource.exists is not Truth.NO)

    def doors(self, unit_name: str) -> tuple[Door, ...]:
        """The values that leave a unit."""
        unit = self._units.get(unit_name)
        return unit.doors if unit else ()

    def opaque(self, unit_name: str) -> tuple[Unknown, ...]:
        """Everything of a unit that could not be looked into, whatever it receives."""
        unit = self._units.get(unit_name)
        return tuple(spot.because for spot in unit.blind_spots) if unit else ()

    def _links(self, kind: type[D], near: Near, asked: Mapping[int, Truth]) -> tuple[Link[D], ...]:
        """The links to those that were asked and to those that may be meant, in their order."""
        things = self.every(kind)
        doubtful: tuple[Link[D], ...] | None = self._doubtful.get(id(near.perhaps))
        if doubtful is None:
            # INVARIANT: an index of the estate holds these numbers, as long as there is an estate.
            doubtful = tuple(Link(things[number], Truth.UNKNOWN) for number in near.perhaps)
            self._doubtful[id(near.perhaps)] = doubtful
        found: list[Link[D]] = []
        at = 0
        for number, holds in asked.items():
            stop = bisect_left(near.perhaps, number, at)
            found += doubtful[at:stop]
            at = stop + (near.perhaps[stop : stop + 1] == (number,))
            if holds is not Truth.NO:
                found.append(Link(things[number], holds))
        return (*found, *doubtful[at:]) if asked else doubtful

    def _index(self, kind: type[D], field: str) -> Index:
        found = self._indexes.get((kind, field))
        if found is None:
            values = (getattr(thing, field) for thing in self.every(kind))
            found = Index(values, self._followed, self._declared)
            self._indexes[kind, field] = found
        return found

    def _existing(self, kind: type[D] | tuple[type[D], ...]) -> Iterator[D]:
        """What exists or may exist; of an estate that differs in one unit, the rest is known."""
        if self._instead is None:
            yield from (thing for thing in self._all(kind) if _exists(thing) is not Truth.NO)
            return
        before, unit = self._instead
        yield from (thing for thing in before.every(kind) if thing.resource.unit != unit.name)
        for own in unit.declares:
            if isinstance(own, kind) and _exists(own) is not Truth.NO:
                yield own

    def _named(self, kind: type[D]) -> Named:
        found = self._named_by.get(kind)
        if found is None:
            found = Named(_name_of(thing) for thing in self.every(kind))
            self._named_by[kind] = found
        return found

    def _place_of(self, value: Value) -> tuple[str, str] | None:
        """The resource that a value refers to: where it is declared, its place decides what it denotes."""
        refers = None if isinstance(value, Choice) else self._followed(value.refers)
        return None if refers is None else (refers.unit, refers.address)

    def _all(self, kind: type[D] | tuple[type[D], ...]) -> Iterator[D]:
        """All objects of a kind; of several classes, in the order in which they were read."""
        found = [things for made, things in self._by_class.items() if issubclass(made, kind)]
        ordered = found[0] if len(found) == 1 else sorted(chain(*found), key=itemgetter(0))
        for _, thing in ordered:
            yield thing  # type: ignore[misc]  # of a class below the kind

    @cached_property
    def _by_class(self) -> dict[type, list[tuple[int, Declared]]]:
        """What is declared, with its place in the order, by its very class."""
        found: dict[type, list[tuple[int, Declared]]] = {}
        for number, thing in enumerate(chain(*(unit.declares for unit in self.units))):
            found.setdefault(type(thing), []).append((number, thing))
        return found

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.name: unit for unit in self.units}

    @cached_property
    def _declared(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (unit.name, resource.address) for unit in self.units for resource in unit.resources
        )

    @cached_property
    def _names_by_kind(self) -> dict[tuple[type, str], set[str]]:
        """The units that declare a literal name, by the class of the thing."""
        found: dict[tuple[type, str], set[str]] = {}
        for unit in self.units:
            for thing in unit.declares:
                name = text(getattr(thing, "name", None))
                if name is not None and _exists(thing) is not Truth.NO:
                    found.setdefault((type(thing), name), set()).add(unit.name)
        return found

    @cached_property
    def _exports(self) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for unit in self.units:
            for door in unit.doors:
                name = text(door.export)
                if name is not None:
                    found.setdefault(name, []).append(door.value)
        return found

    def _followed(self, refers: Reference | None) -> Reference | None:
        """A reference to an export becomes the exporter's own, where exactly one exports that name."""
        if refers is None or not is_export(refers):
            return refers
        exported = self._exports.get(refers.attribute, [])
        if len(exported) != 1:
            return refers
        found: Reference | None = getattr(exported[0], "refers", None)
        return found or refers

    def _refers_to(self, refers: Reference, value: Value, thing: Declared) -> Truth | None:
        """The answer by identity; None where the reference does not say which resource it is."""
        own = thing.resource
        if (refers.unit, refers.address) == (own.unit, own.address):
            return Truth.YES
        if (refers.unit, refers.address) not in self._declared:
            return None
        name = getattr(thing, "name", None)
        if isinstance(value, Known) and refers.unit == own.unit and name is not None:
            # Of two resources that stand side by side the names differ, unless both are told.
            return Truth.of(same(value, name) is Truth.YES)
        return Truth.NO

    def _names(self, value: Value, thing: Declared, by: Resource | None) -> Truth:
        name: Value | None = getattr(thing, "name", None)
        if name is None:
            # A name that AWS makes up is no literal that somebody could have written.
            return Truth.NO if isinstance(value, Known) else Truth.UNKNOWN
        answer = spells_name(value, name)
        if by is None or by.unit == thing.resource.unit or answer is not Truth.YES:
            return answer
        owners = self._names_by_kind.get((type(thing), text(name) or ""), set())
        if by.unit in owners:
            return Truth.NO
        return Truth.YES if owners == {thing.resource.unit} else Truth.UNKNOWN

    def _doors(self, unit: Unit, around: Resource) -> Iterator[Unknown]:
        for door in unit.doors:
            if any(found.address == around.address for found in references(door.value)):
                detail = f"output `{door.name}` hands it to others"
                yield Unknown(Why.OUTPUT, detail, door.value.span)


def _name_of(thing: Declared) -> Name:
    own = thing.resource
    return Name(own.unit, own.address, getattr(thing, "name", None))


def _exists(thing: Declared) -> Truth:
    return thing.resource.exists


def _receives(addresses: frozenset[str], address: str) -> bool:
    return address in addresses
