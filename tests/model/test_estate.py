import pytest

from rootlint.model.estate import Estate
from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Map, Reference, Text, Unknown, Value, Why
from rootlint.model.watch import LogGroup, MetricFilter, Subscription, Topic
from rootlint.source import Span

HERE = Span("a", 0, 0)
REGION = Unknown(Why.PSEUDO, "AWS::Region", HERE, shape="region")
ACCOUNT = Unknown(Why.PSEUDO, "AWS::AccountId", HERE, shape="account")
VARIABLE = Unknown(Why.VARIABLE, "var.arn has no value", HERE)


def resource(address: str, unit: str = "u", exists: Truth = Truth.YES) -> Resource:
    return Resource(unit, address, "kind", Map({}, HERE), HERE, HERE, exists=exists)


def known(text: str) -> Known:
    return Known(text, HERE)


def to(address: str, attribute: str = "arn", unit: str = "u") -> Unknown:
    return Unknown(Why.ATTRIBUTE, address, HERE, refers=Reference(unit, address, attribute))


TOPIC = Topic(resource("topic"), name=known("alerts"))
OTHER = Topic(resource("other"), name=known("others"))
ESTATE = Estate([Unit("u", (TOPIC, OTHER), (TOPIC.resource, OTHER.resource))])


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (None, Truth.NO),
        (to("topic"), Truth.YES),
        (to("other"), Truth.NO),
        (to("data.aws_sns_topic.x"), Truth.UNKNOWN),
        (VARIABLE, Truth.UNKNOWN),
        (known("alerts"), Truth.YES),
        (known("arn:aws:sns:us-east-1:111122223333:alerts"), Truth.YES),
        (known("arn:aws:sns:us-east-1:111122223333:alerts-2"), Truth.NO),
        (Text(("arn:aws:sns:", REGION, ":", ACCOUNT, ":alerts"), HERE), Truth.YES),
        (Text(("arn:aws:sns:", REGION, ":", ACCOUNT, ":x"), HERE), Truth.NO),
        (Text(("arn:aws:sns:", VARIABLE, ":alerts"), HERE), Truth.UNKNOWN),
    ],
)
def test_what_a_value_names(value: Value | None, answer: Truth) -> None:
    assert ESTATE.denotes(value, TOPIC) is answer


def test_a_log_group_is_named_by_its_arn_with_a_star() -> None:
    group = LogGroup(resource("group"), name=known("/aws/trail"))
    arn = known("arn:aws:logs:us-east-1:111122223333:log-group:/aws/trail:*")
    assert Estate([Unit("u", (group,))]).denotes(arn, group) is Truth.YES


def test_a_name_that_aws_makes_up_is_never_a_literal() -> None:
    topic = Topic(resource("topic"))
    assert Estate([Unit("u", (topic,))]).denotes(known("alerts"), topic) is Truth.NO


def test_a_literal_name_crosses_units_where_one_alone_declares_it() -> None:
    group = LogGroup(resource("group", "a"), name=known("trail"))
    reader = MetricFilter(resource("filter", "b"), log_group=known("trail"))
    units = [Unit("a", (group,)), Unit("b", (reader,))]
    assert [link.holds for link in Estate(units).linked(MetricFilter, "log_group", group)] == [
        Truth.YES
    ]
    twin = LogGroup(resource("group", "c"), name=known("trail"))
    doubtful = Estate([*units, Unit("c", (twin,))]).linked(MetricFilter, "log_group", group)
    assert [link.holds for link in doubtful] == [Truth.UNKNOWN]


def test_an_import_follows_the_one_export() -> None:
    door = Door("Topic", to("topic", "", "a"), export=known("alerts-arn"))
    imported = Unknown(Why.IMPORT, "alerts-arn", HERE, refers=Reference("", "export", "alerts-arn"))
    topic = Topic(resource("topic", "a"))
    subscription = Subscription(resource("sub", "b"), topic=imported)
    estate = Estate(
        [Unit("a", (topic,), (topic.resource,), doors=(door,)), Unit("b", (subscription,))]
    )
    assert [link.holds for link in estate.linked(Subscription, "topic", topic)] == [Truth.YES]


def test_what_may_exist_may_link() -> None:
    maybe = Subscription(resource("sub", exists=Truth.UNKNOWN), topic=to("topic"))
    absent = Subscription(resource("off", exists=Truth.NO), topic=to("topic"))
    estate = Estate([Unit("u", (TOPIC, maybe, absent), (TOPIC.resource,))])
    assert [link.holds for link in estate.linked(Subscription, "topic", TOPIC)] == [Truth.UNKNOWN]
    assert estate.switched_off(Subscription) == (absent,)


def test_what_hides_a_peer() -> None:
    module = Unknown(Why.MODULE, "module.x is not on disk", HERE)
    spot = BlindSpot(module, frozenset({"topic"}))
    unit = Unit("u", (TOPIC, OTHER), blind_spots=(spot,), doors=(Door("arn", to("other")),))
    estate = Estate([unit])
    assert estate.hidden(TOPIC.resource) == (module,)
    assert [hidden.why for hidden in estate.hidden(OTHER.resource)] == [Why.OUTPUT]
