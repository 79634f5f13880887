"""Intrinsic functions against two other resolvers, each in an environment of its own.

`ROOTLINT_MOTO_PYTHON` and `ROOTLINT_CFNLINT_PYTHON` name the interpreters. moto works out one value
under the parameters in force, and so must we; cfn-lint gives every value that may come out, and ours
must be one of them. `${!Name}` is left out: moto fills it in once more, cfn-lint keeps the mark.
"""

import json
import os
import random
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from rootlint.model.value import Encoded, Known, List, Map, Value
from tests.cloudformation.reading import evaluator

MOTO = os.environ.get("ROOTLINT_MOTO_PYTHON", "")
CFNLINT = os.environ.get("ROOTLINT_CFNLINT_PYTHON", "")
HEAD: dict[str, Any] = {
    "Parameters": {
        "A": {"Type": "String", "Default": "x"},
        "B": {"Type": "String", "Default": "y-z"},
    },
    "Mappings": {
        "M": {"x": {"k": "v1", "l": "v2"}, "y": {"k": "v3", "l": "v4"}},
        "N": {"x": {"k": ["m", "n"], "l": ["o"]}, "y": {"k": ["s"], "l": ["t", "u"]}},
    },
    "Conditions": {
        "Yes": {"Fn::Equals": [{"Ref": "A"}, "x"]},
        "No": {"Fn::Equals": [{"Ref": "B"}, "x"]},
        "Both": {"Fn::And": [{"Condition": "Yes"}, {"Condition": "No"}]},
        "Either": {"Fn::Or": [{"Condition": "Yes"}, {"Condition": "No"}]},
        "Neither": {"Fn::Not": [{"Condition": "Either"}]},
    },
}
IN_MOTO = """
import json, sys
from moto.cloudformation.parsing import ResourceMap, clean_json

def resolved(expression, head):
    template = {**head, "Resources": {"R": {"Type": "A::B::C"}}}
    names = ResourceMap("id", "name", {}, {}, "us-east-1", "111122223333", template, {})
    names.load_mapping()
    names.load_parameters()
    names.load_conditions()
    try:
        return [clean_json(expression, names)]
    except Exception:
        return None

given = json.load(sys.stdin)
print(json.dumps([resolved(expression, given["head"]) for expression in given["expressions"]]))
"""
IN_CFNLINT = """
import json, sys
from cfnlint.context import create_context_for_template
from cfnlint.decode.cfn_json import CfnJSONDecoder
from cfnlint.jsonschema import CfnTemplateValidator
from cfnlint.template import Template

given = json.load(sys.stdin)
properties = {str(n): found for n, found in enumerate(given["expressions"])}
template = {**given["head"], "Resources": {"R": {"Type": "A::B::C", "Properties": properties}}}
decoded = json.loads(json.dumps(template), cls=CfnJSONDecoder)
cfn = Template("t.json", decoded, ["us-east-1"])
validator = CfnTemplateValidator({}).evolve(context=create_context_for_template(cfn), cfn=cfn)

def resolved(expression):
    try:
        return [value for value, _, problem in validator.resolve_value(expression) if problem is None]
    except Exception:
        return None

properties = decoded["Resources"]["R"]["Properties"]
print(json.dumps([resolved(properties[str(n)]) for n in range(len(given["expressions"]))]))
"""


def text(rng: random.Random, depth: int) -> Any:
    """An expression that is a text."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(["x", "y", "a-b", "c,d", {"Ref": "A"}, {"Ref": "B"}])
    made: list[Callable[[], Any]] = [
        lambda: {"Fn::Join": [rng.choice(["-", "", ","]), many(rng, depth - 1)]},
        lambda: {"Fn::Select": [rng.choice(["0", "1"]), many(rng, depth - 1)]},
        lambda: {"Fn::Sub": rng.choice(["${A}+${B}", "plain", "a${A}"])},
        lambda: {"Fn::Sub": ["${v}/${A}", {"v": text(rng, depth - 1)}]},
        lambda: {"Fn::FindInMap": ["M", rng.choice(["x", "y", {"Ref": "A"}]), rng.choice(["k", "l"])]},
        lambda: {"Fn::If": [condition(rng), text(rng, depth - 1), text(rng, depth - 1)]},
    ]  # fmt: skip
    return rng.choice(made)()


def many(rng: random.Random, depth: int) -> Any:
    """An expression that is a list of texts."""
    if depth == 0 or rng.random() < 0.3:
        return [text(rng, 0) for _ in range(rng.randint(1, 3))]
    made: list[Callable[[], Any]] = [
        lambda: [text(rng, depth - 1) for _ in range(rng.randint(1, 3))],
        lambda: {"Fn::Split": [rng.choice(["-", ","]), text(rng, depth - 1)]},
        lambda: {"Fn::FindInMap": ["N", rng.choice(["x", "y"]), rng.choice(["k", "l"])]},
        lambda: {"Fn::If": [condition(rng), many(rng, depth - 1), many(rng, depth - 1)]},
    ]  # fmt: skip
    return rng.choice(made)()


def condition(rng: random.Random) -> str:
    return rng.choice(["Yes", "No", "Both", "Either", "Neither"])


def asked(python: str, program: str, found: list[Any]) -> list[tuple[Any, Any, Any]]:
    """Each expression, what the other makes of it in a list of what may come out, and our value."""
    given = json.dumps({"head": HEAD, "expressions": found})
    done = subprocess.run(
        [python, "-c", program],
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    theirs = json.loads(done.stdout.splitlines()[-1])
    return [(one, said, ours(one)) for one, said in zip(found, theirs, strict=True) if said]


def ours(expression: Any) -> Any:
    template = {**HEAD, "Resources": {"R": {"Type": "A::B::C", "Properties": {"It": expression}}}}
    worker = evaluator(json.dumps(template))
    whole = worker.evaluate(worker.resources["R"].node)
    assert isinstance(whole, Map)
    properties = whole.get("Properties")
    assert isinstance(properties, Map)
    return plain(properties.get("It"))


UNKNOWN = object()


def plain(found: Value | None) -> Any:
    match found:
        case Known():
            return found.value
        case List() if found.rest is None:
            return [plain(item) for item in found.items]
        case Encoded():
            return json.dumps(plain(found.value))
        case _:
            return UNKNOWN


@pytest.mark.skipif(not MOTO, reason="ROOTLINT_MOTO_PYTHON names no interpreter")
def test_moto_works_out_the_same() -> None:
    rng = random.Random(4)
    found = [rng.choice([text, many])(rng, rng.randint(1, 4)) for _ in range(2_000)]
    answers = asked(MOTO, IN_MOTO, found)
    different = [(one, said[0], value) for one, said, value in answers if said[0] != value]
    assert not different
    assert len(answers) > 1_500


@pytest.mark.skipif(not CFNLINT, reason="ROOTLINT_CFNLINT_PYTHON names no interpreter")
def test_our_value_is_one_of_those_of_cfn_lint() -> None:
    rng = random.Random(5)
    # It works out what a function gives, and leaves functions within a list alone.
    answers = asked(CFNLINT, IN_CFNLINT, [text(rng, 2) for _ in range(1_000)])
    # Where AWS would refuse what the conditions in force choose, it gives the other branch alone.
    known = [(one, said, value) for one, said, value in answers if value is not UNKNOWN]
    assert not [found for found in known if found[2] not in found[1]]
    assert len(known) > 700
