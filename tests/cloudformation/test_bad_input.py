"""Each line of the table of bad input: what is read all the same, and what is said."""

import time
from pathlib import Path

import pytest

from rootlint.cloudformation.build import DEEPEST
from rootlint.cloudformation.read import Reading, read
from rootlint.model.unit import Unit
from rootlint.source import SourceFile, Sources, Unreadable, decode

TEMPLATE = (
    "Resources:\n  Key:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: root\n"
)


def unit(text: str | bytes, path: str = "t.yaml") -> Unit | None:
    sources = Sources()
    file = decode(path, text.encode() if isinstance(text, str) else text)
    if isinstance(file, SourceFile):
        sources.add(file)
        return next(iter(read(path, Reading(sources))), None)
    return Unit(path, unreadable=(file,))


def problem(text: str | bytes, path: str = "t.yaml") -> Unreadable:
    found = unit(text, path)
    assert found is not None
    (only,) = found.unreadable
    return only


def line(text: str, found: Unreadable) -> int:
    assert found.span is not None
    return SourceFile("t.yaml", text).position(found.span.start).line


@pytest.mark.parametrize("text", ["", "# comment\n", "- a\n- b\n", "scalar\n", "a: b\n"])
def test_what_is_no_template_is_no_unit(text: str) -> None:
    assert unit(text) is None


@pytest.mark.parametrize(
    "data",
    [
        TEMPLATE.encode("utf-8-sig"),
        TEMPLATE.replace("\n", "\r\n").encode(),
        TEMPLATE.replace("\n", "\r").encode(),
        TEMPLATE.encode("utf-16"),
        b"\xfe\xff" + TEMPLATE.encode("utf-16-be"),
    ],
    ids=["BOM", "CRLF", "CR", "UTF-16-LE", "UTF-16-BE"],
)
def test_encodings_and_line_breaks(data: bytes) -> None:
    found = unit(data)
    assert found is not None
    assert len(found.declares) == 1
    assert not found.unreadable


@pytest.mark.parametrize("data", [b"a: \xe9\n", b"a: \x00\n", b"a: \x07\n"])
def test_bytes_that_are_no_text(data: bytes) -> None:
    found = problem(TEMPLATE.encode() + data)
    assert found.span is not None
    assert found.span.start == len(TEMPLATE) + 3


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        (TEMPLATE + "\tOther: 1\n", 6, "not with tabs"),
        (TEMPLATE + "  Bad:\n   - a\n  - b\n", 8, ""),
        (TEMPLATE + 'Outputs: "open\n', 6, "quote"),
        (TEMPLATE + "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", 6, "conflict"),
    ],
)
def test_text_that_is_no_yaml(text: str, where: int, hint: str) -> None:
    found = problem(text)
    assert abs(line(text, found) - where) <= 1
    assert hint in found.reason
    assert found.configuration


def test_a_duplicate_key_names_both_places_and_reads_both_values() -> None:
    text = (
        TEMPLATE + "  Key:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: other\n"
    )
    found = unit(text)
    assert found is not None
    assert len(found.declares) == 2
    assert "first in line 2" in found.unreadable[0].reason
    assert line(text, found.unreadable[0]) == 6


def test_aliases_are_read_and_noted() -> None:
    text = TEMPLATE.replace("    Properties:\n", "    Properties: &p\n") + (
        "  Two:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      <<: *p\n"
    )
    found = unit(text)
    assert found is not None
    assert len(found.declares) == 2
    assert [fault.configuration for fault in found.unreadable] == [False]


def bomb() -> str:
    levels = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(20))
    return "a0: &a0 [x, x]\n" + levels + TEMPLATE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (bomb(), "too large"),
        ("a: &a [*a]\n" + TEMPLATE, "recursive alias `*a`"),
        ("a: *b\n" + TEMPLATE, "undefined alias `*b`"),
        ("[" * 100_000, "too deep"),
        ("{a: " * 3_000, "too deep"),
        ("\n".join(" " * n + "a:" for n in range(1_500)) + "\n", "too deep"),
        ("- " * 1_500 + "a\n", "too deep"),
        ("a:\n" + "- a\n" * 800_000, "too large"),
    ],
)
def test_hostile_structure_ends_soon(text: str, reason: str) -> None:
    began = time.perf_counter()
    found = problem(text)
    assert reason in found.reason
    assert found.span is not None
    assert time.perf_counter() - began < 10


def test_a_long_text_with_escapes_is_read_soon() -> None:
    began = time.perf_counter()
    assert unit(TEMPLATE.replace("root", '!Sub "' + "a b \\n" * 500_000 + '"')) is not None
    assert time.perf_counter() - began < 10


def test_depth_is_bounded_and_not_too_tightly() -> None:
    assert unit("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + "\n" + TEMPLATE) is not None


def test_many_resources() -> None:
    entry = "  Topic{0}:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: t{0}\n"
    text = "Resources:\n" + "".join(entry.format(n) for n in range(60_000))
    began = time.perf_counter()
    found = unit(text)
    assert found is not None
    assert len(found.declares) == 60_000
    assert time.perf_counter() - began < 120


def test_a_large_file() -> None:
    assert "too large" in problem(b" " * 10_000_001).reason


def test_an_unknown_tag_is_an_unknown_value() -> None:
    found = unit(TEMPLATE.replace("root", "!Unheard of"))
    assert found is not None
    assert "`!Unheard` is not evaluated" in repr(found.declares[0])


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.getcwd []", "!!binary aGVsbG8="])
def test_nothing_is_constructed(tag: str) -> None:
    found = unit(TEMPLATE.replace("root", tag))
    assert found is not None
    assert "is not constructed" in repr(found.declares[0])


def test_of_several_documents_the_template_is_found() -> None:
    found = unit("a: b\n---\n" + TEMPLATE)
    assert found is not None
    assert len(found.declares) == 1
    assert "2 documents" in found.unreadable[0].reason
    assert not found.unreadable[0].configuration


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE + "{% if x %}\n  More: 1\n{% endif %}\n",
        TEMPLATE + "{{- range .Values.keys }}\n",
        TEMPLATE.replace("root", "{{ name }}"),
        TEMPLATE.replace("root", "%USER%"),
        TEMPLATE + "<% if x %>\n a: b\n",
    ],
)
def test_a_source_for_a_template_engine(text: str) -> None:
    found = problem(text)
    assert found.reason == "templated source: scan the rendered output"
    assert found.span is not None
    assert not found.configuration


def test_a_dynamic_reference_is_no_template_engine() -> None:
    found = unit(TEMPLATE.replace("root", "'{{resolve:ssm:name}}'"))
    assert found is not None
    assert not found.unreadable


def test_a_dynamic_reference_beside_a_fault_is_none_either() -> None:
    found = problem(TEMPLATE.replace("root", "'{{resolve:ssm:name}}' x"))
    assert found.configuration


@pytest.mark.parametrize("resources", ["", " null", " []", " text", "\n  - a"])
def test_a_section_of_the_wrong_shape(resources: str) -> None:
    text = f"AWSTemplateFormatVersion: '2010-09-09'\nResources:{resources}\n"
    found = problem(text)
    assert found.reason == "malformed section `Resources`"
    assert found.partial


@pytest.mark.parametrize(
    "entry",
    ["  Bad: []\n", "  Bad: {}\n", "  Bad:\n    Type: AWS::SNS::Topic\n    Properties: [1]\n"],
)
def test_the_rest_of_a_malformed_template_is_read(entry: str) -> None:
    found = unit(TEMPLATE + entry)
    assert found is not None
    assert found.declares[0].resource.address == "Key"
    assert found.unreadable[0].reason.startswith("malformed section `Resources.Bad")


def test_other_sections_of_the_wrong_shape() -> None:
    found = unit(TEMPLATE + "Parameters: [1]\nConditions: text\nOutputs: 3\nMappings:\n")
    assert found is not None
    assert len(found.declares) == 1
    assert [fault.reason for fault in found.unreadable] == [
        "malformed section `Parameters`",
        "malformed section `Conditions`",
        "malformed section `Outputs`",
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in (("none.yaml", "no such file"), (".", "no regular file")):
        (found,) = read(path, Reading(Sources(tmp_path)))
        assert found is not None
        assert found.unreadable[0].reason == reason
