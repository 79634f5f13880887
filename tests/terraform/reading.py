"""Units out of texts, for tests."""

import posixpath
from typing import TypeVar

from rootlint.model.resource import Resource
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value
from rootlint.model.watch import Subscription
from rootlint.source import SourceFile, Sources
from rootlint.terraform.given import NO_INPUTS, NOTHING, Given, Inputs
from rootlint.terraform.read import read

# The outputs of a module with a state that others may read are all worked out.
STATE = 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "k"\n  }\n}\n'
D = TypeVar("D", bound=Declared)


def unit(
    files: dict[str, str] | str,
    folder: str = ".",
    *,
    region: str | None = None,
    partition: str = "aws",
    given: Given = NOTHING,
    inputs: Inputs = NO_INPUTS,
) -> Unit:
    """The unit that some files make; a single text is `main.tf`."""
    folders, sources = tree({"main.tf": files} if isinstance(files, str) else files)
    return read(
        folder,
        folders,
        sources,
        called=False,
        given=given._replace(region=region, partition=partition),
        inputs=inputs,
    )


def tree(files: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], Sources]:
    """The folders and texts of a scanned tree."""
    sources = Sources()
    folders: dict[str, tuple[str, ...]] = {}
    for path, text in files.items():
        sources.add(SourceFile(path, text))
        place = posixpath.dirname(path) or "."
        folders[place] = (*folders.get(place, ()), path)
    return folders, sources


def resource(found: Unit, address: str) -> Resource:
    (only,) = [each for each in found.resources if each.address == address]
    return only


def declared(found: Unit, kind: type[D]) -> list[D]:
    return [each for each in found.declares if isinstance(each, kind)]


def written(value: Value | None) -> object:
    """A value as plain data; what is not known as `?`, a hole as `{detail}`."""
    match value:
        case Known():
            return value.value
        case Text():
            holes = (
                f"{{{part.detail}}}" if isinstance(part, Unknown) else part for part in value.parts
            )
            return "".join(holes)
        case Encoded():
            return written(value.value)
        case List() | Map() | Choice():
            return _several(value)
        case _:
            return None if value is None else "?"


def _several(value: List | Map | Choice) -> object:
    match value:
        case List():
            return [*map(written, value.items), *(["..."] if value.rest else [])]
        case Map():
            found = {key: written(each) for key, each in value.entries.items()}
            return {**found, **({"...": "?"} if value.rest else {})}
        case Choice():
            return {option.when: written(option.value) for option in value.options}


TOPIC = 'resource "aws_sns_topic" "alerts" {\n  name = %s\n}\n'
SUBSCRIBED = """
resource "aws_sns_topic_subscription" "s" {
  topic_arn = %s
  protocol  = "email"
  endpoint  = "a@example.com"
}
"""


def refers_of_subscription(text: str) -> object:
    (subscription,) = declared(unit(text), Subscription)
    assert subscription.topic is not None
    refers = getattr(subscription.topic, "refers", None)
    return refers and (refers.address, refers.attribute)


def name_of_topic(files: dict[str, str], address: str = "aws_sns_topic.alerts") -> object:
    return written(resource(unit(files), address).body.get("name"))
