"""What must hold of all policies: holes hide answers, and never change them."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.embedded import policy
from rootlint.model.fill import FILLINGS, fill_text
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Map, Option, Text, Unknown, Value, Why
from rootlint.reason.iam import Request, allows, decide, denies
from rootlint.reason.policy_strings import Language, pattern
from rootlint.reason.wildcard import Wild, reaches
from tests.reason.iam_cases import NOWHERE, Json, Maker, document

SHAPES = ("", "", "", "name", "account", "region", "partition")


class Puncher:
    """Turns plain JSON into a value, and parts of it into holes; each hole covers what it replaced."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def value(self, plain: Json) -> Value:
        if self.random.random() < 0.06:
            return self.hole()
        if self.random.random() < 0.05:
            options = (Option("either", self.value(plain)), Option("or", self.value(plain)))
            return Choice(options, self.hole(), NOWHERE)
        return self.kept(plain)

    def kept(self, plain: Json) -> Value:
        if isinstance(plain, dict):
            return Map({name: self.value(entry) for name, entry in plain.items()}, NOWHERE)
        if isinstance(plain, list):
            kept = [one for one in plain if self.random.random() < 0.9]
            rest = self.hole() if len(kept) < len(plain) else None
            return List(tuple(map(self.value, kept)), NOWHERE, rest)
        if isinstance(plain, str) and self.random.random() < 0.15:
            return self.text(plain)
        return Known(plain, NOWHERE)

    def text(self, plain: str) -> Value:
        start = self.random.randint(0, len(plain))
        end = self.random.randint(start, len(plain))
        parts = (plain[:start], self.hole(), plain[end:])
        return Text(tuple(part for part in parts if part != ""), NOWHERE)

    def hole(self) -> Unknown:
        self.count += 1
        return Unknown(Why.VARIABLE, f"var.x{self.count}", NOWHERE)


def decided(found: Policy, request: Request) -> tuple[Truth, Truth]:
    return denies(found, request).truth, allows(found, request).truth


def read(text: str) -> Policy | None:
    found = policy(document(text))
    return found if isinstance(found, Policy) else None


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_decided_with_holes_is_so_without_them(seed: int) -> None:
    case = Maker(seed).identity()
    holed = policy(Puncher(seed).kept(case.policy))
    whole = read(case.text)
    assert isinstance(holed, Policy)
    assert whole is not None
    for before, after in zip(
        decided(holed, case.request), decided(whole, case.request), strict=True
    ):
        assert before in {Truth.UNKNOWN, after}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_no_filling_turns_an_answer_round(seed: int) -> None:
    case = Maker(seed).identity()
    holed = policy(Puncher(seed).kept(case.policy))
    assert isinstance(holed, Policy)
    before = decided(holed, case.request)
    for filling in FILLINGS:
        filled = read(fill_text(holed.raw, filling))
        assert filled is not None
        for ours, theirs in zip(before, decided(filled, case.request), strict=True):
            assert ours is not ~theirs or ours is Truth.UNKNOWN, filling.name


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_a_policy_reads_the_same_from_its_text_and_its_tree(seed: int) -> None:
    case = Maker(seed).identity()
    tree = policy(_tree(case.policy))
    text = read(json.dumps(case.policy, indent=2))
    assert isinstance(tree, Policy)
    assert text is not None
    assert decided(tree, case.request) == decided(text, case.request)


def _tree(plain: Json) -> Value:
    if isinstance(plain, dict):
        return Map({name: _tree(entry) for name, entry in plain.items()}, NOWHERE)
    if isinstance(plain, list):
        return List(tuple(map(_tree, plain)), NOWHERE)
    return Known(plain, NOWHERE)


def slowly(units: str, text: str) -> bool:
    """Wildcard matching by the definition."""
    if not units:
        return not text
    if units[0] == "*":
        return slowly(units[1:], text) or (bool(text) and slowly(units, text[1:]))
    return bool(text) and units[0] in {"?", text[0]} and slowly(units[1:], text[1:])


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_wildcards_match_as_defined(written: str, text: str) -> None:
    found = pattern(Known(written, NOWHERE), Language(wildcards=True))
    assert found.meets(text) is Truth.of(slowly(written, text))


@given(st.text("a1:/-", max_size=14), st.sampled_from(SHAPES))
def test_a_hole_of_a_shape_may_be_what_has_the_shape(text: str, shape: str) -> None:
    fits = {
        "": True,
        "name": not set(":/") & set(text),
        "account": len(text) == 12 and text.isdigit(),
        "region": not set(":/") & set(text),
        "partition": not set(":/1") & set(text),
    }[shape]
    assert reaches((Wild(shape),), text) is fits


def everything(found: Policy, more: Policy) -> Policy:
    """One document with the statements of two."""
    return replace(found, statements=(*found.statements, *more.statements))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_another_statement_only_adds_to_its_own_effect(seed: int) -> None:
    maker = Maker(seed)
    case, other = maker.identity(), maker.identity()
    first, second = read(case.text), read(other.text)
    assert first is not None
    assert second is not None
    both = everything(first, second)
    for before, after in zip(
        decided(first, case.request), decided(both, case.request), strict=True
    ):
        assert before.value <= after.value


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_a_deny_never_opens_a_request_and_an_allow_never_closes_one(seed: int) -> None:
    maker = Maker(seed)
    case, other = maker.identity(), maker.identity()
    first, second = read(case.text), read(other.text)
    assert first is not None
    assert second is not None
    before = decide([first], case.request).truth.value
    for effect, opens in (("Deny", False), ("Allow", True)):
        changed = replace(
            second,
            statements=tuple(
                replace(found, effect=Known(effect, NOWHERE)) for found in second.statements
            ),
        )
        after = decide([first, changed], case.request).truth.value
        assert after >= before if opens else after <= before


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_denied_is_not_let_through(seed: int) -> None:
    case = Maker(seed).identity()
    found = read(case.text)
    assert found is not None
    if denies(found, case.request).truth is Truth.YES:
        assert decide([found], case.request, Truth.YES).truth is Truth.NO


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_the_case_of_keys_and_actions_changes_nothing(seed: int) -> None:
    case = Maker(seed).identity()
    found = read(case.text)
    assert found is not None
    loud = replace(
        found,
        statements=tuple(
            replace(
                statement,
                conditions=tuple(
                    replace(condition, key=condition.key.upper())
                    for condition in statement.conditions
                ),
            )
            for statement in found.statements
        ),
    )
    shouted = case.request._replace(action=case.request.action.upper())
    assert decided(loud, shouted) == decided(found, case.request)
