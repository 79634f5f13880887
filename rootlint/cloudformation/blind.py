"""What a template makes that cannot be looked into, and which resources it receives."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.cloudformation.loops import Copy
from rootlint.cloudformation.naming import kind_of
from rootlint.cloudformation.nodes import Scalar
from rootlint.cloudformation.stacks import NESTING, STACK_SET, Stack
from rootlint.cloudformation.template import Template, include_of, module_of, transforms
from rootlint.cloudformation.vocabulary.kinds import mentions_relevant
from rootlint.model.resource import BlindSpot, Resource
from rootlint.model.same import references
from rootlint.model.truth import Truth
from rootlint.model.value import Map, Unknown, Why

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
_HARMLESS = (
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-",
    "AWS::Serverless-",
    "AWS::ServiceCatalog",
)
# They hand values to others, who may do with them what they like.
_HANDED_ON = frozenset({"AWS::RAM::ResourceShare", "AWS::SSM::Parameter"})
# Alarms of a kind that the model does not know.
_NOT_MODELLED = frozenset({"AWS::CloudWatch::LogAlarm"})
_CUSTOM = "AWS::CloudFormation::CustomResource"
_LEADS_OUT = frozenset({*NESTING, *_HANDED_ON, *_NOT_MODELLED, STACK_SET, _CUSTOM})
_OF_PACKS = frozenset({"AWS::Config::ConfigRule", "AWS::Config::RemediationConfiguration"})
_OF_AWS = ("AWS::", "Alexa::", "OC::ORG::")
_SHOWN = 60
_FOR_EACH = "Fn::ForEach"


def macros(stack: Stack) -> Iterator[BlindSpot]:
    """Transforms of the whole template by code that is not at hand, includes that are not found."""
    template = stack.template
    for missing in stack.evaluator.missing:
        yield BlindSpot(missing, anything=True)
    for node in transforms(template):
        if include_of(node) is not None:
            continue
        name = node if isinstance(node, Scalar) else node.get("Name")
        shown = name.text if isinstance(name, Scalar) else "Fn::Transform"
        if shown and not shown.startswith(_HARMLESS):
            span = template.file.span(node.start, node.end)
            yield BlindSpot(Unknown(Why.MACRO, f"`{shown}`", span), anything=True)


def beyond(stack: Stack) -> Iterator[BlindSpot]:
    """What a tool makes of other parts of the file, and files of the template that are not at hand."""
    template = stack.template
    missing = (place for place in template.includes if stack.part(place) is None)
    for place in (*template.beyond, *missing):
        span = template.file.span(place.start, place.end)
        yield BlindSpot(Unknown(Why.MACRO, f"`{place.text[:_SHOWN]}`", span), anything=True)


def pack(template: Template) -> Iterator[BlindSpot]:
    """What is deployed beside a conformance pack, which may hold rules and remediations only.

    https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
    """
    if template.resources and all(kind_of(node) in _OF_PACKS for _, node in template.resources):
        said = "what is deployed beside this pack of rules"
        place = template.resources[0][0]
        span = template.file.span(place.start, place.end)
        yield BlindSpot(Unknown(Why.IMPORT, said, span), anything=True)


def hidden_resources(stack: Stack) -> Iterator[BlindSpot]:
    """Loops that cannot be written out, and includes, where resources stand."""
    seen: set[int] = set()
    for copy in stack.evaluator.copies:
        # A loop within a loop comes once for each round, and is the same each time.
        if copy.hidden is not None and id(copy.node) not in seen:
            seen.add(id(copy.node))
            if not copy.key.text.startswith(_FOR_EACH) or _makes_relevant(copy):
                # What is put there may name everything in the template.
                yield BlindSpot(copy.hidden, anything=True)
                continue
            value = copy.evaluator.evaluate(copy.node, copy.scope)
            received = frozenset(found.address for found in references(value))
            yield BlindSpot(copy.hidden, received)
    for key, node in stack.template.resources:
        module = module_of(node)
        if module is not None:
            span = stack.template.file.span(module.start, module.end)
            yield BlindSpot(Unknown(Why.MODULE, f"`{key.text}`", span), anything=True)


def _makes_relevant(copy: Copy) -> bool:
    """Whether a loop makes resources that are asked about: by its names they may be linked to any other."""
    text = copy.evaluator.template.file.text[copy.node.start : copy.node.end]
    return mentions_relevant(text.encode(errors="replace"))


def leads_out(kind: str) -> bool:
    """Whether resources of that kind make others that are not seen, or hand values on."""
    return kind in _LEADS_OUT or kind.endswith("::MODULE") or not kind.startswith(_OF_AWS)


def opaque(stack: Stack, resource: Resource, name: str) -> Iterator[BlindSpot]:
    """A resource behind which there may be others, unless it was followed."""
    kind = resource.kind
    if resource.exists is Truth.NO or _is_followed(stack, kind, name):
        return
    received = _received(resource)
    holds_more = kind in NESTING or kind == STACK_SET or kind.endswith("::MODULE")
    if received or holds_more:
        yield BlindSpot(_because(resource, stack.unfollowed.get(name, "")), received)


def _is_followed(stack: Stack, kind: str, name: str) -> bool:
    if kind == STACK_SET:
        return stack.stack_set(name) is not None
    return kind in NESTING and stack.nested(name) is not None


def _received(resource: Resource) -> frozenset[str]:
    body = Map(dict(resource.body.entries), resource.span, resource.body.rest)
    found = {reference.address for reference in references(body)}
    return frozenset(found - {resource.address})


def _because(resource: Resource, why: str) -> Unknown:
    kind = resource.kind
    shown = f"`{resource.address}` ({kind}){': ' if why else ''}{why}"
    if kind in NESTING or kind == STACK_SET or kind.endswith("::MODULE"):
        return Unknown(Why.MODULE, shown, resource.span)
    if kind in _HANDED_ON:
        return Unknown(Why.OUTPUT, shown, resource.span)
    return Unknown(Why.FUNCTION, shown, resource.span)
