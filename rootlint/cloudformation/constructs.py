"""Which construct of a CDK program a resource comes from: its owner edits that, not the template."""

from __future__ import annotations

from rootlint.cloudformation.nodes import Mapping, Scalar
from rootlint.model.resource import Label
from rootlint.source import SourceFile

# CDK gives the one resource of a construct one of these names below it.
# https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html
_OWN_RESOURCE = ("/Resource", "/Default")


def construct(file: SourceFile, resource: Mapping) -> tuple[Label, ...]:
    """The construct that CDK names in the metadata of a resource (`aws:cdk:path`), with its place."""
    metadata = resource.get("Metadata")
    path = metadata.get("aws:cdk:path") if isinstance(metadata, Mapping) else None
    if not isinstance(path, Scalar) or not path.text:
        return ()
    name = path.text
    for ending in _OWN_RESOURCE:
        name = name.removesuffix(ending)
    return (Label(file.span(path.start, path.end), f"made by the construct `{name}`"),)
