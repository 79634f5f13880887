"""The vocabulary against cfn-lint's bundled schemas: each property that is read is there, as what it is read.

`ROOTLINT_CFNLINT_PYTHON` names the interpreter of an environment that holds cfn-lint. What is read
is not listed by hand: the readers are run on bodies that are made of the schemas and take notes.
"""

import ast
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rootlint.cloudformation import vocabulary
from rootlint.cloudformation.nodes import Mapping as Node
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.scope import NOWHERE
from rootlint.cloudformation.vocabulary.declare import reader_of
from rootlint.cloudformation.vocabulary.kinds import KNOWN
from rootlint.model.resource import Resource
from rootlint.model.value import Known, List, Map, Value
from rootlint.source import Span
from tests.cloudformation.reading import evaluator

PYTHON = os.environ.get("ROOTLINT_CFNLINT_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="ROOTLINT_CFNLINT_PYTHON names no interpreter")

SCHEMAS = """
import json, sys
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as manager
found = {}
for kind in json.load(sys.stdin):
    try:
        found[kind] = manager.get_resource_schema("us-east-1", kind).schema
    except Exception:
        pass
print(json.dumps(found))
"""
# No schema of CloudFormation describes these.
OTHERS = ("AWS::Serverless::", "Custom::", "OC::ORG::")
KINDS = sorted(kind for kind in KNOWN if not kind.startswith(OTHERS))
# What a helper of the vocabulary takes a property for, and what JSON Schema may call it.
SCALARS = {"string", "integer", "number", "boolean"}
TYPES = {"text": SCALARS, "number": {"integer", "number", "string"}, "flag": {"boolean", "string"}}
HERE = Span("t.yaml", 0, 0)
DEEPEST = 6

Schema = Mapping[str, Any]


@cache
def schemas() -> Mapping[str, Schema]:
    command = [PYTHON, "-c", SCHEMAS]
    done = subprocess.run(
        command, input=json.dumps(KINDS), capture_output=True, text=True, check=True
    )
    found: Mapping[str, Schema] = json.loads(done.stdout)
    return found


class Noting(Mapping[str, Value]):
    """An object as its schema describes it. Names that are asked for in vain are noted."""

    def __init__(self, whole: Schema, own: Schema, missing: set[str], depth: int = 0) -> None:
        self.whole, self.missing, self.depth = whole, missing, depth
        self.properties: Schema = own.get("properties", {})

    def __getitem__(self, name: str) -> Value:
        if name not in self.properties:
            self.missing.add(name)
            raise KeyError(name)
        return self.value(self.properties[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.properties)

    def __len__(self) -> int:
        return len(self.properties)

    def __contains__(self, name: object) -> bool:
        return name in self.properties

    def value(self, written: Schema) -> Value:
        schema = resolved(self.whole, written)
        kinds = types(self.whole, schema)
        if "array" in kinds:
            return List((self.value(schema.get("items", {})),), HERE)
        if "object" in kinds and schema.get("properties") and self.depth < DEEPEST:
            return Map(Noting(self.whole, schema, self.missing, self.depth + 1), HERE)
        return Map({}, HERE) if kinds == {"object"} else Known("text", HERE)


def resolved(whole: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = whole.get("definitions", {}).get(name, {})
    return schema


def types(whole: Schema, schema: Schema) -> set[str]:
    """The types that a schema allows, also those of its alternatives."""
    schema = resolved(whole, schema)
    written = schema.get("type", [])
    found = {written} if isinstance(written, str) else set(written)
    for name in ("anyOf", "oneOf", "allOf"):
        for other in schema.get(name, ()):
            found |= types(whole, other)
    return found or ({"object"} if schema.get("properties") else set())


def missing(kind: str) -> set[str]:
    """The names that the reader of a kind asks for and its schema does not know."""
    schema = schemas()[kind]
    found: set[str] = set()
    worker = evaluator(f"Resources:\n  R:\n    Type: {kind}\n    Properties: {{}}\n")
    node = worker.resources["R"].node
    assert isinstance(node, Node)
    resource = Resource("t.yaml", "R", kind, Map(Noting(schema, schema, found), HERE), HERE, HERE)
    reader = reader_of(kind)
    # A kind without a reader of its own is looked at for its metadata.
    for thing in reader(Written(resource, "R", node, worker, NOWHERE)) if reader else ():
        assert thing.resource.kind == kind
    return found


def read_as() -> Iterator[tuple[str, str]]:
    """Each name that is written in the vocabulary, and the helper that it is read with."""
    for path in sorted(Path(vocabulary.__path__[0]).glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and len(call.args) > 1:
                helper = getattr(call.func, "id", "")
                name = getattr(call.args[1], "value", None)
                if helper in TYPES and isinstance(name, str):
                    yield name, helper


def named(schema: Schema) -> Iterator[tuple[str, set[str]]]:
    """Every property of a kind, at any depth, with its types."""
    for part in (schema, *schema.get("definitions", {}).values()):
        for name, own in part.get("properties", {}).items():
            yield name, types(schema, own)


def test_all_kinds_have_a_schema() -> None:
    assert [kind for kind in KINDS if kind not in schemas()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_that_is_read_exists(kind: str) -> None:
    assert missing(kind) == set()


def test_every_property_is_read_as_what_it_is() -> None:
    declared: dict[str, set[str]] = {}
    for schema in schemas().values():
        for name, kinds in named(schema):
            declared.setdefault(name, set()).update(kinds)
    wrong = {
        (name, helper)
        for name, helper in read_as()
        if name in declared and not declared[name] & TYPES[helper]
    }
    assert wrong == set()
    assert len(set(read_as())) > 60
