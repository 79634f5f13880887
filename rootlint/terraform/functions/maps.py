"""Functions of maps and objects: what is known of their entries stays known."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value
from rootlint.source import Span
from rootlint.terraform import steps
from rootlint.terraform.convert import show
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    entries,
    items_of,
    list_of,
    map_of,
    text,
)
from rootlint.terraform.objects import ObjectMaker, replaced_perhaps
from rootlint.terraform.operators import hidden
from rootlint.terraform.types import STRING, UNKNOWN, settled
from rootlint.terraform.types import list_of as list_type
from rootlint.terraform.unify import converted, element_type, of_map
from rootlint.terraform.values import (
    Failed,
    ListOf,
    Loose,
    MapOf,
    Object,
    Set,
    Tuple,
    choose,
    closed,
    entries_of,
    is_null,
    known,
    leaves,
    may_be_absent,
    why_unknown,
)


def _merge(site: Site, args: Args) -> Value:
    """Later maps win. One that is not known may replace any entry before it."""
    maker = ObjectMaker(site.span)
    for arg in args:
        if is_null(arg):
            continue
        if isinstance(arg, Map):
            for name, entry in arg.entries.items():
                maker.put(name, entry, arg.keys.get(name, entry.span))
            unknown = arg.rest
        elif isinstance(arg, Unknown):
            unknown = arg
        else:
            raise Fails("not a map")
        if unknown is not None:
            named = arg.entries if isinstance(arg, Map) else {}
            _overlay(maker, unknown, named)
    return _merged(args, maker.made())


def _merged(args: Args, made: Value) -> Value:
    """Maps of one type make a map, all else an object."""
    some = [arg for arg in args if not is_null(arg)]
    if not isinstance(made, Map) or any(isinstance(arg, Object) for arg in some) or not some:
        return made
    if not all(isinstance(arg, MapOf) for arg in some):
        return Map(made.entries, made.span, made.rest, made.keys)
    types = {element_type(arg) for arg in some if isinstance(arg, MapOf)}
    if len(types) > 1 and all(map(settled, types)):
        return made
    if len(types) > 1:
        return Map(made.entries, made.span, made.rest, made.keys)
    return MapOf(made.entries, made.span, made.rest, made.keys, of=types.pop())


def _overlay(maker: ObjectMaker, unknown: Unknown, named: Mapping[str, Value]) -> None:
    """Entries that are not known come over those that are; its own it does not replace."""
    for name, before in maker.entries.items():
        if name not in named:
            maker.entries[name] = replaced_perhaps(before, hidden(unknown), hidden(unknown), name)
    maker.rest = maker.rest or unknown


def _keys(site: Site, args: Args) -> Value:
    return _sides(site, args[0], keys=True)


def _values(site: Site, args: Args) -> Value:
    return _sides(site, args[0], keys=False)


def _sides(site: Site, value: Value, *, keys: bool) -> Value:
    """The keys or the values, in the order of the keys."""
    if isinstance(value, Unknown):
        return Loose((), site.span, hidden(value) if keys else value)
    found = map_of(value)
    items: list[Value] = []
    for name, entry in entries_of(found).items():
        item = known(name, found.keys.get(name, entry.span)) if keys else entry
        if keys and isinstance(entry, Choice) and may_be_absent(entry):
            options = [Option(leaf.when, leaf.value and item) for leaf in leaves(entry)]
            item = choose(options, entry.because, entry.span)
        items.append(item)
    if closed(found):
        return _listed(found, tuple(items), site.span, keys=keys)
    return Loose(tuple(items), site.span, found.rest and hidden(found.rest))


def _listed(found: Map, items: tuple[Value, ...], span: Span, *, keys: bool) -> List:
    """Of a map a list, of an object a tuple."""
    if isinstance(found, MapOf):
        return ListOf(items, span, of=STRING if keys else found.of)
    return Tuple(items, span) if isinstance(found, Object) else List(items, span)


def _lookup(site: Site, args: Args) -> Value:
    """`lookup(map, key, default)`."""
    value, key = args[:2]
    default = args[2] if len(args) == 3 else None
    if default is not None and not isinstance(value, Object):
        default = converted(default, element_type(value) if isinstance(value, MapOf) else UNKNOWN)
    if isinstance(value, Unknown):
        return _or_default(value, key, default, site)
    found = map_of(value)
    if not isinstance(key, Known):
        return _at_unknown(found, key, default, site)
    name = show(key.value)
    entry = steps.attribute(found, name, site.span)
    if isinstance(entry, Failed):
        if default is None:
            raise Fails(f"there is no key `{name}`")
        return default
    if name not in found.entries and found.rest is not None:
        return _or_default(entry, key, default, site)
    if isinstance(entry, Choice) and default is not None:
        options = [Option(leaf.when, _found(leaf.value) or default) for leaf in leaves(entry)]
        return choose(options, entry.because, entry.span)
    return entry


def _found(value: Value | None) -> Value | None:
    return None if isinstance(value, Failed) else value


def _or_default(value: Value, key: Value, default: Value | None, site: Site) -> Value:
    """A value of which it is not known whether it is there."""
    because = why_unknown(value)
    assert because is not None
    if default is None:
        return value if isinstance(key, Known) else hidden(because)
    name = f"`{show(key.value)}`" if isinstance(key, Known) else "the key"
    options = (
        Option(f"when {name} is there", hidden(because)),
        Option(f"when {name} is not there", default),
    )
    return choose(options, hidden(because), site.span)


def _at_unknown(found: Map, key: Value, default: Value | None, site: Site) -> Value:
    hole = why_unknown(key)
    if hole is None:
        raise Fails("not a key")
    if not closed(found) or len(found.entries) > 8 or not found.entries:
        raise Hidden(hole)
    options = [Option(f"when the key is `{name}`", entry) for name, entry in found.entries.items()]
    if default is not None:
        options.append(Option("when it is another key", default))
    return choose(options, hidden(hole), site.span)


def _zipmap(site: Site, args: Args) -> Value:
    if isinstance(args[1], Set):
        raise Fails("not a list")
    names, values = items_of(args[0]), items_of(args[1])
    if len(names) != len(values):
        raise Fails("lists are of different length")
    maker = ObjectMaker(site.span)
    for name, value in zip(names, values, strict=True):
        maker.add(name, value)
    return _zipped(list_of(args[1]), maker.made())


def _zipped(values: List, made: Value) -> Value:
    """Of a list of values a map, of a tuple an object."""
    if not isinstance(made, Map) or isinstance(values, Tuple):
        return made
    if isinstance(values, ListOf):
        return MapOf(made.entries, made.span, made.rest, made.keys, of=values.of)
    return Map(made.entries, made.span, made.rest, made.keys)


def _transpose(site: Site, args: Args) -> Value:
    found: dict[str, list[str]] = {}
    for name, values in entries(args[0]).items():
        for value in items_of(values):
            found.setdefault(text(value), []).append(name)
    swapped: dict[str, Value] = {
        value: ListOf(tuple(known(name, site.span) for name in sorted(names)), site.span)
        for value, names in sorted(found.items())
    }
    return MapOf(swapped, site.span, of=list_type(STRING))


def _map(site: Site, args: Args) -> Value:
    """`map("key", value, …)` of Terraform 0.11."""
    if len(args) % 2:
        raise Fails("key without a value")
    maker = ObjectMaker(site.span)
    for name, value in zip(args[::2], args[1::2], strict=True):
        maker.add(name, value)
    made = maker.made()
    return of_map(made) if isinstance(made, Map) else made


FUNCTIONS: Mapping[str, Function] = {
    "keys": Function(_keys, 1, 1),
    "lookup": Function(_lookup, 2, 3),
    "map": Function(_map, 0, None),
    "merge": Function(_merge, 0, None),
    "transpose": Function(_transpose, 1, 1),
    "values": Function(_values, 1, 1),
    "zipmap": Function(_zipmap, 2, 2),
}
