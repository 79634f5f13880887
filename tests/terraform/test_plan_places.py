"""Where what a plan says is written in its source, and what the plan alone says of it."""

from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Value
from rootlint.source import Span
from rootlint.terraform.plan import alone
from rootlint.terraform.plan_values import overlaid
from tests.terraform.reading import resource
from tests.terraform.test_plan import TOPIC, over, planned

SOURCE = Span("main.tf", 0, 9)
PLAN = Span("plan.json", 0, 0)


def at(place: int, value: Value | str) -> Value:
    span = Span("main.tf", place, place + 1)
    return Known(value, span) if isinstance(value, str) else value


def names(*values: str, span: Span = PLAN) -> List:
    return List(tuple(Known(value, span) for value in values), span)


def test_what_only_the_plan_has_is_one_of_the_whole_block() -> None:
    source = Map({"name": Known("t", Span("main.tf", 3, 4))}, SOURCE)
    found = overlaid(source, Map({"name": Known("t", PLAN), "fifo": Known("no", PLAN)}, PLAN))
    assert isinstance(found, Map)
    places = {name: value.span for name, value in found.entries.items()}
    assert places == {"name": Span("main.tf", 3, 4), "fifo": SOURCE}


def test_a_document_that_the_provider_writes_anew_keeps_its_places() -> None:
    source = Known('{\n  "Version": "2012-10-17"\n}\n', SOURCE)
    assert overlaid(source, Known('{"Version":"2012-10-17"}', PLAN)) is source
    other = overlaid(source, Known('{"Version":"2008-10-17"}', PLAN))
    assert text(other) == '{"Version":"2008-10-17"}'


def test_the_elements_of_a_set_are_found_whatever_their_order() -> None:
    source = List((at(1, "b"), at(2, "a")), SOURCE)
    found = overlaid(source, names("a", "b"))
    assert isinstance(found, List)
    assert [(text(item), item.span.start) for item in found.items] == [("a", 2), ("b", 1)]


def test_a_block_of_a_set_is_the_one_that_says_most_of_the_same() -> None:
    blocks = [{"field": "b", "equals": "x"}, {"field": "a", "equals": "x"}]
    source = List(
        tuple(
            Map({name: at(10 * place, value) for name, value in block.items()}, SOURCE)
            for place, block in enumerate(blocks)
        ),
        SOURCE,
    )
    plan = List(
        tuple(
            Map({name: Known(value, PLAN) for name, value in block.items()}, PLAN)
            for block in reversed(blocks)
        ),
        PLAN,
    )
    found = overlaid(source, plan)
    assert isinstance(found, List)
    fields = [block.entries["field"] for block in found.items if isinstance(block, Map)]
    assert fields == [at(0, "b"), at(10, "a")]


def test_a_variable_by_default_keeps_the_place_of_its_default() -> None:
    source = 'variable "name" {\n  default = "t"\n}\nresource "aws_sns_topic" "t" {\n  name = var.name\n}\n'
    for value, noted in (("t", "by default of `var.name`"), ("u", "by the plan")):
        plan = planned(
            {"address": "aws_sns_topic.t", "values": {"name": value}},
            variables={"name": {"value": value}},
        )
        found = resource(over(plan, source), "aws_sns_topic.t").body.get("name")
        assert isinstance(found, Known)
        assert (found.value, found.note) == (value, noted)


def test_the_account_of_the_role_that_a_provider_assumes() -> None:
    role = {"role_arn": {"constant_value": "arn:aws:iam::111122223333:role/deploy"}}
    configuration = {
        "provider_config": {"aws": {"expressions": {"assume_role": [role]}}},
        "root_module": {
            "resources": [{"address": "aws_sns_topic.t", "provider_config_key": "aws"}]
        },
    }
    found = resource(alone(planned(TOPIC, configuration=configuration)), "aws_sns_topic.t")
    assert text(found.scope.account) == "111122223333"


def test_a_block_without_an_instance_is_absent_by_a_boolean_or_another_value() -> None:
    block = {
        "address": "aws_sns_topic.t",
        "mode": "managed",
        "type": "aws_sns_topic",
        "name": "t",
        "count_expression": {"references": ["var.on"]},
    }
    configuration = {"root_module": {"resources": [block]}}
    for value, said in ((False, "`false` by the plan"), ([], None)):
        plan = planned(configuration=configuration, variables={"on": {"value": value}})
        found = resource(alone(plan), "aws_sns_topic.t")
        assert found.exists is Truth.NO
        assert (found.switch.text if found.switch else None) == said


def test_an_output_that_is_sensitive_is_masked() -> None:
    outputs = {"t": {"expression": {"references": ["aws_sns_topic.t.arn", "aws_sns_topic.t"]}}}
    topic = {"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t"}
    configuration = {"root_module": {"outputs": outputs, "resources": [topic]}}
    for sensitive in (True, False):
        values = {
            "outputs": {"t": {"sensitive": sensitive}},
            "root_module": {"resources": [{**topic, "values": {}}]},
        }
        plan = planned(planned_values=values, configuration=configuration)
        (door,) = alone(plan).doors
        assert text(door.masked) == str(sensitive).lower()
