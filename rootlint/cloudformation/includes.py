"""Files of the tree that are put where they are named: their places stay their own.

`AWS::Include`, `${file(…)}` of the Serverless Framework, `!Include` of org-formation:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
https://www.serverless.com/framework/docs/providers/aws/guide/variables
https://github.com/org-formation/org-formation-cli/blob/master/docs/task-files.md
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.addresses import address_of
from rootlint.cloudformation.dialects import included
from rootlint.cloudformation.loops import TRANSFORM, Copy, copies
from rootlint.cloudformation.nodes import Entry, Mapping, Node, Scalar
from rootlint.cloudformation.scope import NOWHERE, Scope
from rootlint.cloudformation.template import INCLUDE, include_of, top_transforms
from rootlint.model.resource import Label
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

_FILE = "!Include"
_PROPERTIES = "Properties"


class Inside(NamedTuple):
    """What a file holds, and what works it out in the place of the include."""

    evaluator: Evaluator
    root: Node


def include(evaluator: Evaluator, node: Node, place: Span, scope: Scope) -> Inside | Unknown:
    """The file that a transform names by `Location`; unknown where it is a macro, or not at hand."""
    if node.tag == _FILE and isinstance(node, Scalar):
        return _file(evaluator, node.text, f"`{_FILE}`", place)
    location = include_of(node)
    if location is None:
        return Unknown(Why.MACRO, _macro(node), place)
    value = evaluator.evaluate(location, scope)
    address = address_of(value)
    if address is None:
        return Unknown(Why.MACRO, f"`{INCLUDE}`: its address is not known", place)
    return _file(evaluator, address, f"`{INCLUDE}`", place)


def _macro(node: Node) -> str:
    name = node.get("Name") if isinstance(node, Mapping) else None
    return f"`{TRANSFORM}` by `{name.text}`" if isinstance(name, Scalar) else f"`{TRANSFORM}`"


def _file(evaluator: Evaluator, address: str, shown: str, place: Span) -> Inside | Unknown:
    if evaluator.stacks is None:
        return Unknown(Why.MACRO, shown, place)
    file = evaluator.stacks.included(evaluator.inside, address)
    if isinstance(file, str):
        return Unknown(Why.MACRO, f"{shown}: {file}", place)
    taken = ", by its name" if file.assumed else ""
    call = Label(place, f"included: `{file.document.file.path}`{taken}")
    return Inside(evaluator.within(file.document.file, call), file.document.roots[0])


def written_out(evaluator: Evaluator) -> Iterator[Copy]:
    """The resources of a template with those of the files that it includes."""
    for copy in sections(evaluator, "Resources", (*evaluator.template.resources,)):
        yield _whole(copy)


def sections(
    evaluator: Evaluator, name: str, own: tuple[tuple[Scalar, Node], ...]
) -> Iterator[Copy]:
    """The entries of a section, of the template and of what is included at its top."""
    yield from copies(evaluator, own, NOWHERE)
    for inside in evaluator.included:
        section = inside.root.get(name) if isinstance(inside.root, Mapping) else None
        if isinstance(section, Mapping):
            entries = (*section.entries.values(), *section.again)
            yield from copies(inside.evaluator, entries, NOWHERE)


def at_the_top(evaluator: Evaluator) -> Iterator[Inside | Unknown]:
    """The files that a template as a whole includes."""
    for node in top_transforms(evaluator.template):
        if include_of(node) is not None:
            yield include(evaluator, node, evaluator.span(node), NOWHERE)


def _whole(copy: Copy) -> Copy:
    """A resource of which all is written in another file: it is shown at its type."""
    if copy.hidden is None and isinstance(copy.node, Mapping) and _is_partly_elsewhere(copy.node):
        return _partly(copy, copy.node)
    found = None if copy.hidden is not None else _elsewhere(copy)
    if found is None:
        return copy
    if isinstance(found, Unknown):
        return copy._replace(hidden=found)
    kind = found.root.get("Type") if isinstance(found.root, Mapping) else None
    key = copy.key._replace(start=found.root.start, end=found.root.start, style="")
    if isinstance(kind, Scalar):
        key = kind._replace(text=key.text)
    return Copy(key, found.root, copy.scope, found.evaluator)


def _is_partly_elsewhere(node: Mapping) -> bool:
    return len(node.entries) > 1 and TRANSFORM in node.entries


def _partly(copy: Copy, node: Mapping) -> Copy:
    """A resource of which a part is written in another file; it stands where its properties do."""
    evaluator = copy.evaluator
    place = evaluator.key_span(copy.key)
    found = include(evaluator, node.entries[TRANSFORM][1], place, copy.scope)
    if isinstance(found, Unknown):
        return copy._replace(hidden=found)
    own = {name: entry for name, entry in node.entries.items() if name != TRANSFORM}
    root = found.root
    if not isinstance(root, Mapping) or (_PROPERTIES in own and _PROPERTIES in root.entries):
        hidden = Unknown(Why.MACRO, f"`{INCLUDE}` of a part that cannot be put in", place)
        return copy._replace(hidden=hidden)
    if _PROPERTIES not in root.entries:
        return copy._replace(node=node._replace(entries={**_words(root.entries), **own}))
    key, _ = root.entries[_PROPERTIES]
    whole = root._replace(entries={**_words(own), **root.entries})
    return Copy(key._replace(text=copy.key.text), whole, copy.scope, found.evaluator)


def _words(entries: Mapped[str, Entry]) -> dict[str, Entry]:
    """The entries that are words, a type or a condition: they mean the same in each file."""
    return {name: entry for name, entry in entries.items() if isinstance(entry[1], Scalar)}


def _elsewhere(copy: Copy) -> Inside | Unknown | None:
    """The file that a resource is; None where it is written where it stands."""
    node, evaluator = copy.node, copy.evaluator
    if isinstance(node, Mapping) and len(node.entries) == 1 and TRANSFORM in node.entries:
        one = node.entries[TRANSFORM][1]
    elif node.tag == _FILE:
        one = node
    elif isinstance(node, Scalar) and (path := included(node)):
        return _file(evaluator, path, f"`{node.text.strip()}`", evaluator.key_span(copy.key))
    else:
        return None
    return include(evaluator, one, evaluator.key_span(copy.key), copy.scope)


def value_of(evaluator: Evaluator, node: Node, place: Span, scope: Scope) -> Value | None:
    """What stands in the place of an include."""
    found = include(evaluator, node, place, scope)
    return found if isinstance(found, Unknown) else found.evaluator.evaluate(found.root, scope)


def table(
    evaluator: Evaluator, name: str, own: Mapped[str, tuple[Scalar, Node]]
) -> dict[str, Copy]:
    """A section by name, with its loops written out and its includes put in."""
    return {copy.key.text: copy for copy in sections(evaluator, name, tuple(own.values()))}
