"""Asking only what is near gives the same links as asking everybody."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.model.estate import Estate, Link
from rootlint.model.index import Index, Name
from rootlint.model.resource import Door, Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Choice, Known, Map, Option, Reference, Text, Unknown, Value, Why
from rootlint.model.watch import Subscription, Topic
from rootlint.source import Span

HERE = Span("a", 0, 0)
HOLE = Unknown(Why.VARIABLE, "var.x", HERE)
UNITS = st.sampled_from(["u", "v"])
NAMES = st.sampled_from(["a", "b"])
REFERENCES = st.none() | st.builds(
    Reference, UNITS, st.sampled_from(["t0", "t1", "gone"]), st.just("arn")
) | st.just(Reference("", "export", "e"))  # fmt: skip
TEXTS = NAMES | st.sampled_from(["arn:aws:sns:us-east-1:1:a", "arn:x"])
HERE_TOO = Unknown(Why.PSEUDO, "Region", HERE)
PARTS = [
    ("arn:", HOLE, ":a"),
    (HOLE, "b"),
    (HOLE,),
    (Unknown(Why.ATTRIBUTE, "a", HERE),),
    ("arn:aws:sns:", HERE_TOO, ":1:a"),
    ("arn:aws:iam:", HERE_TOO, ":1:role/a/b"),
    ("arn:aws:sns:", HERE_TOO, ":", HOLE),
    ("a", HOLE),
    ("arn:aws:sns:", HOLE, ":1:", HERE_TOO),
    ("arn:", HOLE, ":iam::aws:policy/a"),
]
SCALARS = (
    st.builds(Known, TEXTS, st.just(HERE), REFERENCES)
    | st.builds(Unknown, st.just(Why.ATTRIBUTE), NAMES, st.just(HERE), REFERENCES)
    | st.builds(Text, st.sampled_from(PARTS), st.just(HERE), REFERENCES)
)
VALUES = (
    st.none()
    | SCALARS
    | SCALARS.map(lambda x: Choice((Option("p", x), Option("q", None)), HOLE, HERE))
)


def resource(unit: str, address: str, exists: Truth = Truth.YES) -> Resource:
    return Resource(unit, address, "kind", Map({}, HERE), HERE, HERE, exists)


def topics(unit: str, names: list[Value | None]) -> list[Topic]:
    return [Topic(resource(unit, f"t{n}"), name) for n, name in enumerate(names)]


def estate(names: list[list[Value | None]], values: list[list[Value | None]]) -> Estate:
    units = []
    for unit, ours, theirs in zip("uv", names, values, strict=True):
        declares = topics(unit, ours)
        named = [
            Subscription(resource(unit, f"s{n}", Truth(2 - n % 3)), value)
            for n, value in enumerate(theirs)
        ]
        things: tuple[Declared, ...] = (*declares, *named)
        door = Door("o", Unknown(Why.ATTRIBUTE, "t0", HERE, Reference(unit, "t0", "arn")), None)
        export = Known("e", HERE) if unit == "v" else None
        found = tuple(thing.resource for thing in things)
        units.append(Unit(unit, things, found, doors=(door._replace(export=export),)))
    return Estate(units)


LISTS = st.lists(st.lists(VALUES, max_size=3), min_size=2, max_size=2)


@settings(max_examples=500)
@given(LISTS, LISTS)
def test_nobody_is_left_out(
    names: list[list[Value | None]], values: list[list[Value | None]]
) -> None:
    found = estate(names, values)
    for topic in found.every(Topic):
        answers = (
            Link(
                other,
                found.denotes(other.topic, topic, by=other.resource) & other.resource.exists,
            )
            for other in found.every(Subscription)
        )
        everybody = tuple(link for link in answers if link.holds is not Truth.NO)
        assert found.linked(Subscription, "topic", topic) == everybody


@settings(max_examples=500)
@given(LISTS, LISTS)
def test_nothing_that_is_meant_is_left_out(
    names: list[list[Value | None]], values: list[list[Value | None]]
) -> None:
    found = estate(names, values)
    for other in found.every(Subscription):
        answers = (
            Link(topic, found.denotes(other.topic, topic, by=other.resource))
            for topic in found.every(Topic)
        )
        everything = tuple(link for link in answers if link.holds is not Truth.NO)
        assert found.target(other.topic, Topic, other.resource) == everything


def test_who_names_another_is_not_asked() -> None:
    places = {("u", f"t{n}") for n in range(9)}
    values: list[Value | None] = [
        *(Unknown(Why.ATTRIBUTE, "t", HERE, Reference(*place, "arn")) for place in sorted(places)),
        Known("alerts", HERE),
        HOLE,
        None,
    ]
    index = Index(values, lambda refers: refers, places)
    assert index.near(Name("u", "t3", None)) == ([3], (10,))
    assert index.near(Name("u", "t3", Known("alerts", HERE))) == ([3, 9], (10,))
    assert index.near(Name("u", "t3", HOLE)) == ([3, 9, 10], (10,))
