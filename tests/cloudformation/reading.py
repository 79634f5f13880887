"""What the tests of this folder share: a template in, values or a unit out."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from rootlint.cloudformation.evaluate import Evaluator, Setting
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document
from rootlint.cloudformation.nodes import Mapping as MappingNode
from rootlint.cloudformation.read import Reading, read, scenarios
from rootlint.cloudformation.template import template_of
from rootlint.model.same import text_of
from rootlint.model.unit import Declared, Scenarios, Unit
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value
from rootlint.source import SourceFile, Sources, Span

D = TypeVar("D", bound=Declared)
HERE = Span("given", 0, 0)


def known(text: str) -> Known:
    return Known(text, HERE)


def evaluator(text: str, given: Mapping[str, Value] | None = None, **setting: str) -> Evaluator:
    document = load(SourceFile("t.yaml", text))
    assert isinstance(document, Document), document
    template = template_of(document)
    assert template is not None
    region, stack = setting.get("region"), setting.get("stack")
    where = Setting("t.yaml", "", region, setting.get("partition", "aws"), stack=stack)
    return Evaluator(template, where, given or {})


def value(
    expression: str, sections: str = "", given: Mapping[str, Value] | None = None, **setting: str
) -> Value | None:
    """The value of an expression, written where a property stands."""
    text = f"{sections}\nResources:\n  R:\n    Type: A::B::C\n    Properties:\n      It: {expression}\n"
    worker = evaluator(text, given, **setting)
    properties = worker.resources["R"].node
    for name in ("Properties", "It"):
        assert isinstance(properties, MappingNode)
        found = properties.get(name)
        assert found is not None
        properties = found
    return worker.evaluate(properties)


def show(found: Value | None) -> str:
    """A value in short: `⟨…⟩` is a hole, `?` what there may be more of."""
    match found:
        case Known():
            return text_of(found.value)
        case Unknown():
            return f"⟨{found.detail}⟩"
        case Text():
            return "".join(part if isinstance(part, str) else show(part) for part in found.parts)
        case _:
            return _show_whole(found)


def _show_whole(found: Encoded | List | Map | Choice | None) -> str:
    match found:
        case None:
            return "nothing"
        case Encoded():
            return f"json({show(found.value)})"
        case List():
            return f"[{_listed(map(show, found.items), found.rest)}]"
        case Map():
            entries = (f"{name}: {show(entry)}" for name, entry in found.entries.items())
            return f"{{{_listed(entries, found.rest)}}}"
        case Choice():
            return " | ".join(f"{show(option)} {when}" for when, option in found.options)


def _listed(parts: Iterable[str], rest: Unknown | None) -> str:
    return ", ".join([*parts, *(["?"] if rest else [])])


def unit(text: str, **others: str) -> Unit:
    """The unit of a template; other files by name, with `_` for the dot."""
    return units(text, **others)[0]


def units(text: str, **others: str) -> tuple[Unit, ...]:
    """Its units, with those of its stack sets."""
    sources = Sources()
    sources.add(SourceFile("t.yaml", text))
    paths = {name.replace("_", "."): content for name, content in others.items()}
    for path, content in paths.items():
        sources.add(SourceFile(path, content))
    return read("t.yaml", Reading(sources, templates={"t.yaml", *paths}))


def scenarios_of(text: str) -> Scenarios | None:
    """The scenarios of a template's unit."""
    sources = Sources()
    sources.add(SourceFile("t.yaml", text))
    return scenarios("t.yaml", "t.yaml", Reading(sources))


def declared(text: str, kind: type[D], **others: str) -> tuple[D, ...]:
    return tuple(thing for thing in unit(text, **others).declares if isinstance(thing, kind))


def only(text: str, kind: type[D], **others: str) -> D:
    (found,) = declared(text, kind, **others)
    return found
