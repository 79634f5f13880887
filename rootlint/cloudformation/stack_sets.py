"""Stack sets: the same stack in other accounts and Regions, each a unit of its own.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.loops import Copy
from rootlint.cloudformation.naming import kind_of
from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.stacks import STACK_SET, Stack
from rootlint.cloudformation.template import Template
from rootlint.model.read import elements, text
from rootlint.model.value import Known, List, Map, Unknown, Value, Why

# More Regions are read as one of which the name is not known.
MOST_REGIONS = 8


def stack_sets(top: Stack) -> Iterator[Stack]:
    """The stacks that stack sets make, one for each Region, in the accounts together.

    Those of the stack, of the stacks that it nests, and of stacks that are made so.
    """
    waiting = [top]
    while waiting:
        for outer in waiting.pop().all():
            for inner in _made_by(outer):
                yield inner
                waiting.append(inner)


def _made_by(outer: Stack) -> Iterator[Stack]:
    if STACK_SET not in outer.evaluator.kinds:
        return
    for copy in outer.evaluator.copies:
        if copy.hidden is None and kind_of(copy.node) == STACK_SET:
            template = outer.stack_set(copy.key.text)
            if template is not None and isinstance(copy.node, Mapping):
                yield from _stacks(outer, copy, copy.node, template)


def _stacks(outer: Stack, copy: Copy, node: Mapping, template: Template) -> Iterator[Stack]:
    evaluator, name = copy.evaluator, copy.key.text
    body = evaluator.evaluate(node.entries["Properties"][1], copy.scope)
    groups = _groups(body)
    prefix = f"{evaluator.setting.prefix}{name}."
    unit = f"{evaluator.setting.unit}#{prefix[:-1]}"
    account = _account(
        groups, Unknown(Why.PSEUDO, f"accounts of `{name}`", evaluator.key_span(copy.key))
    )
    for region in _regions(groups):
        setting = evaluator.setting._replace(
            unit=f"{unit}@{region}" if region else unit,
            prefix=prefix,
            region=region,
            account=account,
        )
        yield outer.within(name, template, setting, _parameters(body))


def _groups(body: Value | None) -> tuple[Value, ...]:
    written = body.get("StackInstancesGroup") if isinstance(body, Map) else None
    return elements(written)[0]


def _regions(groups: tuple[Value, ...]) -> tuple[str | None, ...]:
    """The Regions by name; one without a name where they are not all known."""
    found: dict[str | None, None] = {}
    for group in groups:
        regions, rest = elements(group.get("Regions") if isinstance(group, Map) else None)
        found.update(dict.fromkeys(text(region) for region in regions))
        if rest is not None or not regions:
            found[None] = None
    known = tuple(found)
    return known if known and None not in known and len(known) <= MOST_REGIONS else (None,)


def _account(groups: tuple[Value, ...], others: Unknown) -> Value:
    """The account, where there is one alone, and it is named."""
    found: list[Value] = []
    for group in groups:
        targets = group.get("DeploymentTargets") if isinstance(group, Map) else None
        accounts, rest = elements(targets.get("Accounts") if isinstance(targets, Map) else None)
        units = targets.get("OrganizationalUnitIds") if isinstance(targets, Map) else None
        if rest is not None or not accounts or units is not None:
            return others
        found += accounts
    names = {text(account) for account in found}
    only = found[0] if len(names) == 1 else None
    return only if isinstance(only, Known) else others


def _parameters(body: Value | None) -> Mapped[str, Value]:
    written = body.get("Parameters") if isinstance(body, Map) else None
    items = written.items if isinstance(written, List) else ()
    found = {}
    for item in items:
        name = text(item.get("ParameterKey")) if isinstance(item, Map) else None
        value = item.get("ParameterValue") if isinstance(item, Map) else None
        if name is not None and value is not None:
            found[name] = value
    return found
