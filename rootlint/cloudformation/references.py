"""`Ref`, `Fn::GetAtt` and `Fn::ImportValue`: what a name in a template stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootlint.cloudformation.call import Call
from rootlint.cloudformation.naming import attribute_of, kind_of
from rootlint.cloudformation.nodes import Scalar, Sequence
from rootlint.cloudformation.pseudo import PSEUDO, pseudo
from rootlint.cloudformation.scope import Scope
from rootlint.model.same import text_of
from rootlint.model.value import Known, Reference, Unknown, Value, Why
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

# The types for which SAM makes a role.
SERVERLESS = frozenset({"AWS::Serverless::Function", "AWS::Serverless::StateMachine"})


def ref(call: Call) -> Value | None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html."""
    if isinstance(call.argument, Scalar) and not call.argument.tag:
        name = call.scope.filled(call.argument.text)
        return named(call.evaluator, name, call.span, call.scope)
    return call.spread((call.argument,), lambda found: _ref_of(call, found[0]))


def _ref_of(call: Call, name: Value | None) -> Value | None:
    if isinstance(name, Known):
        return named(call.evaluator, text_of(name.value), call.span, call.scope)
    return name if isinstance(name, Unknown) else call.wrong()


def get_att(call: Call) -> Value | None:
    """A resource and an attribute of it, as `A.B` or as a list of both.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getatt.html
    """
    argument = call.argument
    if isinstance(argument, Scalar):
        path = call.scope.filled(argument.text)
        return attribute(call.evaluator, path, call.span, call.scope)
    if isinstance(argument, Sequence) and len(argument.items) >= 2:
        return call.spread(argument.items, lambda found: _joined(call, found))
    return call.wrong()


def _joined(call: Call, found: tuple[Value | None, ...]) -> Value | None:
    names = [text_of(value.value) for value in found if isinstance(value, Known)]
    if len(names) < len(found):
        hidden = next((value for value in found if isinstance(value, Unknown)), None)
        return hidden or call.wrong()
    return attribute(call.evaluator, ".".join(names), call.span, call.scope)


def import_value(call: Call) -> Value | None:
    """The export of another stack, known by its name alone."""
    return call.spread((call.argument,), lambda found: _imported(call, found[0]))


def _imported(call: Call, name: Value | None) -> Value:
    if isinstance(name, Known):
        export = text_of(name.value)
        reference = Reference("", "export", export)
        return Unknown(Why.IMPORT, f"export `{export}`", call.span, refers=reference)
    return Unknown(Why.IMPORT, "an export of which the name is not known", call.span)


def named(evaluator: Evaluator, name: str, place: Span, scope: Scope) -> Value | None:
    """What a plain name stands for: an identifier of a loop, a parameter, a resource."""
    for identifier, found in scope.names:
        if identifier == name:
            return Known(found, place)
    if name in PSEUDO:
        return pseudo(evaluator.setting, name, place)
    if name in evaluator.parameters:
        return evaluator.parameters.value(name)
    if name in evaluator.resources:
        return attribute_of(evaluator, name, "", place, scope)
    return _undeclared(evaluator, name, "", place)


def attribute(evaluator: Evaluator, path: str, place: Span, scope: Scope) -> Value | None:
    """What `Resource.Attribute` stands for; an output of a nested stack is that stack's value."""
    name, _, attribute_name = path.partition(".")
    if name not in evaluator.resources:
        return _undeclared(evaluator, name, attribute_name, place)
    if attribute_name.startswith("Outputs.") and evaluator.stacks is not None:
        output = evaluator.stacks.output(name, attribute_name.removeprefix("Outputs."))
        if output is not None:
            return output
    return attribute_of(evaluator, name, attribute_name, place, scope)


def _undeclared(evaluator: Evaluator, name: str, attribute_name: str, place: Span) -> Unknown:
    """A name that nothing in the template declares; what SAM makes for a function is known."""
    refers = evaluator.reference(name, attribute_name)
    if _is_implicit_role(evaluator, name):
        shape = "" if attribute_name else "name"
        return Unknown(Why.ATTRIBUTE, f"`{refers.address}`", place, refers=refers, shape=shape)
    return Unknown(Why.UNDECLARED, f"`{name}` is not declared", place, refers=refers)


def _is_implicit_role(evaluator: Evaluator, name: str) -> bool:
    """Whether SAM makes this role: it is named after the function or the state machine.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
    """
    owner = evaluator.resources.get(name.removesuffix("Role"))
    return owner is not None and kind_of(owner.node) in SERVERLESS
