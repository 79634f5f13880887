"""The entries of `Resources` as resources of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rootlint.cloudformation.constructs import construct
from rootlint.cloudformation.evaluate import Evaluator
from rootlint.cloudformation.ignores import ignores
from rootlint.cloudformation.loops import Copy
from rootlint.cloudformation.nodes import Mapping, Scalar
from rootlint.cloudformation.presence import Presence, presence
from rootlint.cloudformation.properties import properties
from rootlint.cloudformation.scope import Scope
from rootlint.cloudformation.stacks import Stack
from rootlint.model.resource import Resource
from rootlint.model.resource import Scope as Where
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Why
from rootlint.source import Span


class Written(NamedTuple):
    """A resource with the node that it was read from: `name` is its logical id in its own stack."""

    resource: Resource
    name: str
    node: Mapping
    evaluator: Evaluator
    scope: Scope


def made(stack: Stack, wanted: Callable[[str, str], bool]) -> Iterator[Written]:
    """The resources of a stack whose type and address are wanted, in the order in which they are written."""
    evaluator = stack.evaluator
    where = where_of(evaluator, stack.template.file.span(0, 0))
    twice = _twice(stack)
    for copy in evaluator.copies:
        node = copy.node
        if copy.hidden is not None or not isinstance(node, Mapping):
            continue
        kind = node.get("Type")
        address = evaluator.setting.prefix + copy.key.text
        if isinstance(kind, Scalar) and wanted(kind.text, address):
            place = presence(copy.evaluator, node, copy.scope).inside(stack.outer)
            if twice and copy.key.text in twice:
                place = _unsure(copy, place)
            yield _written(stack, copy, (kind.text, node), place, where)


def _written(
    stack: Stack, copy: Copy, typed: tuple[str, Mapping], place: Presence, where: Where
) -> Written:
    evaluator = copy.evaluator
    kind, node = typed
    key = copy.key
    file = evaluator.template.file
    calls = (*stack.calls, *evaluator.calls)
    span = evaluator.key_span(key)
    described = "Metadata" in node.entries
    resource = Resource(
        evaluator.setting.unit,
        evaluator.setting.prefix + key.text,
        kind,
        properties(evaluator, node.get("Properties"), place.scope, span),
        span,
        Span(file.path, key.start, max(node.end, key.end)),
        place.exists,
        place.because,
        place.switch,
        where,
        (*calls, *construct(file, node)) if described else calls,
        ignores(evaluator, node) if described else (),
    )
    return Written(resource, key.text, node, evaluator, place.scope)


def where_of(evaluator: Evaluator, span: Span) -> Where:
    """The account, Region and partition that a stack is made in, as far as they are given."""
    region = evaluator.setting.region
    known = Known(region, span) if region is not None else None
    return Where(
        account=evaluator.setting.account, region=known, partition=evaluator.setting.partition
    )


def _twice(stack: Stack) -> frozenset[str]:
    """The logical ids that are written more than once."""
    evaluator = stack.evaluator
    seen = [copy for copy in evaluator.copies if copy.hidden is None]
    if len(evaluator.resources) == len(seen):
        return frozenset()
    last = {id(copy) for copy in evaluator.resources.values()}
    return frozenset(copy.key.text for copy in seen if id(copy) not in last)


def _unsure(copy: Copy, place: Presence) -> Presence:
    """A resource whose logical id is written twice: one of the two counts, AWS does not say which."""
    detail = f"`{copy.key.text}` is declared more than once"
    hidden = Unknown(Why.UNSPECIFIED, detail, copy.evaluator.key_span(copy.key))
    return place._replace(exists=place.exists & Truth.UNKNOWN, because=place.because or hidden)
