"""What of a unit could not be looked into, and which of its resources reach it."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.resource import BlindSpot, Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.source import Span, Unreadable
from rootlint.terraform.addresses import addresses
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.module import Call, Inside, Module
from rootlint.terraform.reach import reaches

_STACKS = frozenset({
    "aws_cloudformation_stack",
    "aws_cloudformation_stack_instances",
    "aws_cloudformation_stack_set",
    "aws_cloudformation_stack_set_instance",
    "aws_serverlessapplicationrepository_cloudformation_stack",
})  # fmt: skip
_HANDED_ON = frozenset({"aws_ram_resource_association", "aws_ssm_parameter"})
_NO_INPUT = frozenset({"count", "depends_on", "for_each", "providers", "source", "version"})


def leads_out(kind: str) -> bool:
    """Whether a resource of that kind makes resources that are not seen, or hands values to others."""
    return kind in _STACKS or kind in _HANDED_ON or kind.startswith("awscc_")


def unread_files(configuration: Configuration) -> Iterator[BlindSpot]:
    """The files, and the parts of files, that may hold anything."""
    yield from map(unread, configuration.faults)


def unread(fault: Unreadable) -> BlindSpot:
    """What could not be read, and may hold anything."""
    return BlindSpot(hidden_by(fault), anything=True)


def hidden_by(fault: Unreadable) -> Unknown:
    """Why something is not known that a stretch of text may say."""
    said = f"`{fault.path}`: {fault.reason}"
    return Unknown(Why.BROKEN, said, fault.span or Span(fault.path, 0, 0))


def opaque_call(module: Module, name: str, call: Call) -> Iterator[BlindSpot]:
    """A module call that cannot be looked into, with what its arguments hand to it."""
    there = [one for one in call.expansion.instances if one.presence.exists is not Truth.NO]
    if call.hidden is None or not there or module.place.presence.exists is Truth.NO:
        return
    declaration = module.configuration.modules[name]
    if not reaches(module, declaration.dotted):
        yield BlindSpot(call.hidden)
        return
    scope = Inside(module, there[0].bound)
    values = (
        evaluate(attribute.expr, scope)
        for argument, attribute in declaration.block.body.attributes.items()
        # What mentions nothing hands nothing over.
        if argument not in _NO_INPUT and declaration.mentions_of(argument)
    )
    yield BlindSpot(call.hidden, addresses(values))


def outlet(resource: Resource) -> Iterator[BlindSpot]:
    """A resource through which values leave: a stack, a parameter, a script of the operator."""
    if resource.exists is Truth.NO:
        return
    if leads_out(resource.kind):
        received = addresses((resource.body,))
    else:
        scripts = resource.body.get("provisioner")
        received = addresses((scripts,)) if scripts is not None else frozenset()
    received -= {resource.address}
    if received:
        said = f"`{resource.address}` hands it to others"
        yield BlindSpot(Unknown(Why.OUTPUT, said, resource.span), received)
