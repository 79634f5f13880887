import pytest

from rootlint.cloudformation.nodes import Mapping
from rootlint.model.identity import AccessPolicy, PolicyAttachment, Role, Script
from rootlint.model.value import Map
from rootlint.model.watch import EventRule, Subscription
from tests.cloudformation.reading import declared, evaluator, only, scenarios_of, show


def function(properties: str, more: str = "") -> str:
    return (
        f"Transform: AWS::Serverless-2016-10-31\n{more}Resources:\n"
        f"  F:\n    Type: AWS::Serverless::Function\n    Properties: {properties}\n"
    )


def shown(text: str, name: str, resource: str = "F") -> str:
    worker = evaluator(text)
    node = worker.resources[resource].node
    assert isinstance(node, Mapping)
    found = worker.evaluate(node.entries["Properties"][1])
    assert isinstance(found, Map)
    return show(found.get(name))


GLOBALS = "Globals: {Function: {Timeout: 3, Environment: {Variables: {A: 1, B: 2}}, Layers: [x]}}\n"


@pytest.mark.parametrize(
    ("properties", "name", "expected"),
    [
        ("{}", "Timeout", "3"),
        ("{Timeout: 9}", "Timeout", "9"),
        ("{Environment: {Variables: {B: 3, C: 4}}}", "Environment", "{Variables: {A: 1, B: 3, C: 4}}"),
        ("{Environment: !Ref AWS::NoValue}", "Environment", "nothing"),
        ("{Environment: {Variables: !FindInMap [a, b, c]}}", "Environment", "{Variables: ⟨`Fn::FindInMap` finds nothing⟩}"),
        ("{Layers: [y]}", "Layers", "[x, y]"),
        ("{Layers: z}", "Layers", "z"),
    ],
)  # fmt: skip
def test_globals_are_merged(properties: str, name: str, expected: str) -> None:
    assert shown(function(properties, GLOBALS), name) == expected


@pytest.mark.parametrize(
    ("ignored", "timeout"), [("'*'", "nothing"), ("[Timeout]", "nothing"), ("[Layers]", "3")]
)
def test_a_resource_may_ignore_globals(ignored: str, timeout: str) -> None:
    text = function("{Handler: a}", GLOBALS) + f"    IgnoreGlobals: {ignored}\n"
    assert shown(text, "Timeout") == timeout


def test_globals_reach_a_function_without_properties_and_no_other_kind() -> None:
    text = function("{}", GLOBALS).replace("    Properties: {}\n", "")
    assert shown(text, "Timeout") == "3"
    topic = "  T: {Type: AWS::SNS::Topic, Properties: {TopicName: a}}\n"
    assert shown(text + topic, "Timeout", "T") == "nothing"


def test_a_role_is_made_where_none_is_named() -> None:
    text = function(
        "{Policies: [AdministratorAccess, {Statement: [{Effect: Deny, Action: '*', Resource: '*'}]},"
        " {SNSPublishMessagePolicy: {TopicName: t}}, !Ref Managed]}"
    )
    assert only(text, Role).resource.address == "FRole"
    attached = [show(found.policy) for found in declared(text, PolicyAttachment)]
    assert attached == [
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "⟨`Managed` is not declared⟩",
    ]
    policy = only(text, AccessPolicy)
    assert policy.resource.address == "FRole"
    assert policy.document is not None


def test_a_named_role_has_its_own_policies() -> None:
    text = function("{Role: arn:aws:iam::111122223333:role/r, Policies: [AdministratorAccess]}")
    assert not declared(text, Role)
    assert not declared(text, PolicyAttachment)


def test_the_implicit_role_can_be_referred_to() -> None:
    text = function("{}") + (
        "  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: p\n"
        "      Roles: [!Ref FRole]\n      PolicyDocument: {Statement: []}\n"
    )
    policy = next(found for found in declared(text, AccessPolicy) if found.resource.address == "P")
    assert policy.holder_name is not None
    assert policy.holder_name.refers == only(text, Role).resource.reference  # type: ignore[union-attr]  # a reference


def test_inline_code_is_a_script() -> None:
    assert show(only(function("{InlineCode: 'x = 1'}"), Script).text) == "x = 1"


def test_a_schedule_is_a_rule() -> None:
    text = function(
        "{Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day), Name: n}}}}"
    )
    rule = only(text, EventRule)
    assert (show(rule.schedule), show(rule.name)) == ("rate(1 day)", "n")


@pytest.mark.parametrize(
    ("written", "protocol", "endpoint"),
    [
        ("true", "sqs", "⟨queue of `FNote`⟩"),
        ("{QueueArn: arn:aws:sqs:eu-west-1:111122223333:q}", "sqs", "arn:aws:sqs:eu-west-1:111122223333:q"),
        ("false", "lambda", "arn:aws:lambda:⟨AWS::Region⟩:⟨AWS::AccountId⟩:function:⟨name of `F`⟩"),
    ],
)  # fmt: skip
def test_a_queue_between_topic_and_function(written: str, protocol: str, endpoint: str) -> None:
    text = function(
        f"{{Events: {{Note: {{Type: SNS, Properties: {{Topic: t, SqsSubscription: {written}}}}}}}}}"
    )
    found = only(text, Subscription)
    assert (show(found.protocol), show(found.endpoint)) == (protocol, endpoint)


def test_an_event_under_a_condition_shows_in_its_scenario() -> None:
    sections = "Parameters: {E: {Type: String}}\nConditions: {On: !Equals [!Ref E, on]}\n"
    event = "{Type: SNS, Properties: {Topic: t}}"
    text = function(f"{{Events: {{Note: !If [On, {event}, !Ref AWS::NoValue]}}}}", sections)
    scenarios = scenarios_of(text)
    assert scenarios is not None
    counts = {
        one.when[0].detail: sum(isinstance(thing, Subscription) for thing in one.unit.declares)
        for one in scenarios.every
    }
    assert counts == {"when `On` is true": 1, "when `On` is false": 0}
