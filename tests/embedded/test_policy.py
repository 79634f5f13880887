from __future__ import annotations

import json
from typing import Any

import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span
from tests.embedded.making import PATH, hole, written

SPAN = Span(PATH, 0, 1)
HOLE = hole()


def value(plain: Any) -> Value:
    """A plain Python value as a value; values in it stay as they are."""
    if isinstance(plain, dict):
        return Map({name: value(entry) for name, entry in plain.items()}, SPAN)
    if isinstance(plain, list):
        return List(tuple(map(value, plain)), SPAN)
    if isinstance(plain, str | int | float | None):
        return Known(plain, SPAN)
    assert isinstance(plain, Known | Unknown | Text | Encoded | List | Map | Choice)
    return plain


def choice(*options: Any) -> Choice:
    found = (
        Option(f"option {at}", None if one is None else value(one))
        for at, one in enumerate(options)
    )
    return Choice(tuple(found), HOLE, SPAN)


def read(given: Value) -> Policy:
    found = policy(given)
    assert isinstance(found, Policy)
    return found


ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@pytest.mark.parametrize("form", ["text", "tree", "encoded"])
def test_text_tree_and_encoded_tree_are_the_same_policy(form: str) -> None:
    plain = {"Version": "2012-10-17", "Statement": [{**ALLOW, "Sid": "All"}]}
    given = {
        "text": written(json.dumps(plain)),
        "tree": value(plain),
        "encoded": Encoded(value(plain), SPAN),
    }[form]
    found = read(given)
    assert text(found.version) == "2012-10-17"
    assert [text(statement.sid) for statement in found.statements] == ["All"]
    assert found.raw is given


def test_one_statement_needs_no_list() -> None:
    assert len(read(value({"Statement": ALLOW})).statements) == 1


def test_one_action_needs_no_list() -> None:
    statement = read(value({"Statement": {**ALLOW, "Action": ["a:b", "c:d"]}})).statements[0]
    assert statement.action is not None
    assert statement.resource is not None
    assert [text(item) for item in statement.action.items] == ["a:b", "c:d"]
    assert [text(item) for item in statement.resource.items] == ["*"]


def test_everybody_and_principals_by_type() -> None:
    found = read(
        value(
            {
                "Statement": [
                    {**ALLOW, "Principal": "*"},
                    {**ALLOW, "NotPrincipal": {"AWS": ["1", "2"], "Service": "s"}},
                ]
            }
        )
    )
    everybody, but = found.statements[0].principal, found.statements[1].not_principal
    assert everybody is not None
    assert everybody.anyone
    assert but is not None
    assert {name: len(entry.items) for name, entry in but.by_type.items()} == {
        "AWS": 2,
        "Service": 1,
    }


def test_conditions_keep_operator_key_and_plain_values() -> None:
    condition = {"Bool": {"aws:MultiFactorAuthPresent": True}, "NumericLessThan": {"k": [1, 2]}}
    statement = read(value({"Statement": {**ALLOW, "Condition": condition}})).statements[0]
    first, second = statement.conditions
    assert (first.operator, first.key) == ("Bool", "aws:MultiFactorAuthPresent")
    assert first.values.items[0] == Known(True, SPAN)  # noqa: FBT003 - the value itself
    assert [item.value for item in second.values.items if isinstance(item, Known)] == [1, 2]


def test_a_condition_is_placed_in_the_text() -> None:
    document = '{"Statement":{"Effect":"Deny","Condition":{"Bool":{"aws:x":"true"}}}}'
    condition = read(written(document)).statements[0].conditions[0]
    places = (condition.operator_span, condition.key_span, condition.values.items[0].span)
    assert [document[at.start - 100 : at.end - 100] for at in places] == [
        '"Bool"',
        '"aws:x"',
        '"true"',
    ]


def test_an_unknown_statement_does_not_hide_the_others() -> None:
    found = read(written('{"Statement": [{"Effect": "Deny"}, ', HOLE, "]}"))
    assert len(found.statements) == 1
    assert found.rest is HOLE


def test_a_statement_that_may_be_there() -> None:
    found = read(value({"Statement": [ALLOW, choice(ALLOW, None)]}))
    assert [statement.exists for statement in found.statements] == [Truth.YES, Truth.UNKNOWN]
    assert found.statements[1].because is HOLE
    assert [statement.index for statement in found.statements] == [0, 1]


def test_an_element_that_may_be_one_or_another_stays_a_choice() -> None:
    either = choice("a:b", "c:d")
    statement = read(value({"Statement": {**ALLOW, "Action": ["x:y", either]}})).statements[0]
    assert statement.action is not None
    assert statement.action.items[1] is either


def test_an_unknown_action_list_may_be_several() -> None:
    statement = read(value({"Statement": {**ALLOW, "Action": HOLE}})).statements[0]
    assert statement.action is not None
    assert (statement.action.items, statement.action.rest) == ((), HOLE)


@pytest.mark.parametrize(
    "condition",
    [HOLE, choice({"Bool": {}}, None), {"Bool": HOLE}, {"Bool": choice({}, {})}, "text"],
)
def test_what_hides_conditions_is_kept(condition: Any) -> None:
    statement = read(value({"Statement": {**ALLOW, "Condition": condition}})).statements[0]
    assert statement.conditions_rest is not None


def test_a_key_with_a_hole_hides_conditions() -> None:
    text_with_hole = ('{"Statement": {"Condition": {"StringLike": {"', HOLE, ':sub": "x"}}}}')
    assert read(written(*text_with_hole)).statements[0].conditions_rest is HOLE


def test_null_is_not_written() -> None:
    statement = read(value({"Statement": {**ALLOW, "Condition": None, "Sid": None}})).statements[0]
    assert (statement.conditions, statement.conditions_rest, statement.sid) == ((), None, None)


def test_of_two_documents_each_statement_may_be_there() -> None:
    document = {"Version": "2012-10-17", "Statement": ALLOW}
    found = read(choice(document, {**document, "Statement": [ALLOW, ALLOW]}))
    assert [statement.exists for statement in found.statements] == [Truth.UNKNOWN] * 3
    assert text(found.version) == "2012-10-17"


def test_an_element_in_the_wrong_case_is_read_and_doubted() -> None:
    statement = read(value({"Statement": {"effect": "Deny", "Action": "*"}})).statements[0]
    assert text(statement.effect) == "Deny"
    assert statement.conditions_rest is not None
    assert statement.conditions_rest.why is Why.UNSPECIFIED


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (written("[]"), "a policy is one JSON object, this is a list"),
        (written('"{}"'), "a policy is one JSON object, this is a single value"),
        (Encoded(written("{}"), SPAN), "a policy is one JSON object, this is a string"),
        (written("{"), "the JSON text ends where a key in quotes should be"),
    ],
)
def test_what_is_no_document_says_so(given: Value, detail: str) -> None:
    found = policy(given)
    assert isinstance(found, Unknown)
    assert (found.why, found.detail) == (Why.SYNTAX, detail)


def test_an_unknown_document_is_that_unknown() -> None:
    assert policy(HOLE) is HOLE
