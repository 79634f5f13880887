"""What a user sees of a bad template, input by input: one line each, and never a traceback."""

import os
from pathlib import Path

import pytest

from rootlint import cli

TEMPLATE = (
    "Resources:\n  Key:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: someone\n"
)
VERSION = "AWSTemplateFormatVersion: '2010-09-09'\n"
TAB = (
    "found a tab character that violates indentation (YAML is indented with blanks, not with tabs)"
)
OPEN = "found unexpected end of stream (the text ends too early: is a quote or a bracket open?)"
REST = " (the rest of it was read)"
ALIAS = "CloudFormation itself rejects aliases"
SHARED = TEMPLATE.replace("someone", "&a someone") + "    Metadata: {a: *a}\n"
TEMPLATED = "templated source: scan the rendered output"
BOMB = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9))
CONFLICT = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"
TWICE = "duplicate key `UserName`, first in line 5: both values are looked at"

# The bytes of `t.yaml`, the exit code, and what is said of it; nothing where it is read in silence.
TABLE: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 0, "unreadable: t.yaml: not a template"),
    "comments": (b"# nothing\n", 0, "unreadable: t.yaml: not a template"),
    "a list": (b"- a\n", 0, "unreadable: t.yaml: not a template"),
    "a scalar": (b"text\n", 0, "unreadable: t.yaml: not a template"),
    "byte-order mark": (TEMPLATE.encode("utf-8-sig"), 0, ""),
    "CRLF": (TEMPLATE.replace("\n", "\r\n").encode(), 0, ""),
    "lone CR": (TEMPLATE.replace("\n", "\r").encode(), 0, ""),
    "UTF-16": (TEMPLATE.encode("utf-16"), 0, ""),
    "latin-1": (
        TEMPLATE.encode() + b"a: \xe9\n",
        2,
        "unreadable: t.yaml: not UTF-8 text in line 6, column 4",
    ),
    "NUL": (
        TEMPLATE.encode() + b"\x00",
        2,
        "unreadable: t.yaml: control character U+0000 in line 6, column 1",
    ),
    "tab": ((TEMPLATE + "\tA: 1\n").encode(), 2, f"unreadable: t.yaml:6:1: {TAB}"),
    "bad indent": (
        (TEMPLATE + "  B:\n   - a\n  - b\n").encode(),
        2,
        "unreadable: t.yaml:8:3: did not find expected key",
    ),
    "unterminated": (
        (TEMPLATE + 'Outputs: "open\n').encode(),
        2,
        f"unreadable: t.yaml:6:15: {OPEN}",
    ),
    "conflict": (
        (TEMPLATE + CONFLICT).encode(),
        2,
        "unreadable: t.yaml:6:1: merge conflict marker",
    ),
    "duplicate key": (
        (TEMPLATE + "      UserName: other\n").encode(),
        0,
        f"note: t.yaml:6:7: {TWICE}",
    ),
    "alias": (SHARED.encode(), 0, f"note: t.yaml:6:19: {ALIAS}"),
    "alias bomb": (
        ("a0: &a0 [x, x]\n" + BOMB + TEMPLATE).encode(),
        2,
        "unreadable: t.yaml:6:35: too large: aliases stand for more than 1,000,000 characters",
    ),
    "recursive alias": (
        ("a: &a [*a]\n" + TEMPLATE).encode(),
        2,
        "unreadable: t.yaml:1:8: recursive alias `*a`",
    ),
    "undefined alias": (
        ("a: *b\n" + TEMPLATE).encode(),
        2,
        "unreadable: t.yaml:1:4: undefined alias `*b`",
    ),
    "maps": (
        b"{a: " * 3000,
        2,
        "unreadable: t.yaml:1:401: too deep: more than 100 levels",
    ),
    "blocks": (
        "".join(" " * n + "a:\n" for n in range(1500)).encode(),
        2,
        "unreadable: t.yaml:101:101: too deep: more than 100 levels",
    ),
    "too large": (
        b" " * 10_000_001,
        2,
        "unreadable: t.yaml: too large: 10,000,001 bytes, the limit is 10,000,000",
    ),
    "unknown tag": (TEMPLATE.replace("someone", "!Unheard of").encode(), 0, ""),
    "object": (TEMPLATE.replace("someone", "!!python/object/apply:os.getcwd []").encode(), 0, ""),
    "binary": (TEMPLATE.replace("someone", "!!binary aGVsbG8=").encode(), 0, ""),
    "documents": (
        ("a: b\n---\n" + TEMPLATE).encode(),
        0,
        "note: t.yaml:3:1: 2 documents in one file: CloudFormation reads one",
    ),
    "Jinja": (
        (TEMPLATE + "{% if x %}\n").encode(),
        0,
        f"unreadable: t.yaml:6:1: {TEMPLATED}",
    ),
    "mustache": (
        TEMPLATE.replace("someone", "{{ name }}").encode(),
        0,
        f"unreadable: t.yaml:5:17: {TEMPLATED}",
    ),
    "placeholder": (
        TEMPLATE.replace("someone", "%USER%").encode(),
        0,
        f"unreadable: t.yaml:5:17: {TEMPLATED}",
    ),
    "no resources": (
        (VERSION + "Resources: null\n").encode(),
        2,
        f"unreadable: t.yaml:2:12: malformed section `Resources`{REST}",
    ),
    "a list of resources": (
        (VERSION + "Resources: [a]\n").encode(),
        2,
        f"unreadable: t.yaml:2:12: malformed section `Resources`{REST}",
    ),
    "no type": (
        (TEMPLATE + "  Bad: {}\n").encode(),
        2,
        f"unreadable: t.yaml:6:3: malformed section `Resources.Bad`{REST}",
    ),
    "a list of properties": (
        (TEMPLATE + "  Bad: {Type: AWS::SNS::Topic, Properties: [1]}\n").encode(),
        2,
        f"unreadable: t.yaml:6:44: malformed section `Resources.Bad.Properties`{REST}",
    ),
}


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(shell: pytest.CaptureFixture[str], *paths: str) -> tuple[int, str]:
    """The exit code, and the first paragraph of the report as one line."""
    code = cli.main(paths)
    shown = shell.readouterr()
    assert "Traceback" not in shown.err
    return code, " ".join(shown.out.split("\n\n")[0].split())


@pytest.mark.parametrize("name", TABLE)
def test_a_bad_template(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data, code, words = TABLE[name]
    Path("t.yaml").write_bytes(data)
    assert said(capsys, "t.yaml") == (code, words)


def test_brackets_are_too_deep_somewhere_in_the_beginning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Which of the two bounds is met first hangs on libyaml's version.
    Path("t.yaml").write_bytes(b"[" * 100_000)
    code, words = said(capsys, "t.yaml")
    assert code == 2
    assert words in {
        f"unreadable: t.yaml:1:{column}: too deep: more than 100 levels" for column in (101, 1001)
    }


@pytest.mark.parametrize("data", [b"", b"- a\n", b"text\n", b"Resources: of ours\n"])
def test_what_is_no_template_is_nothing_when_walked_over(
    data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("t.yaml").write_bytes(data)
    assert said(capsys, ".") == (0, "")


def test_what_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("gone.yaml").symlink_to("nowhere")
    os.mkfifo("pipe.yaml")
    Path("folder.yaml").mkdir()
    Path("folder.yaml/t.yaml").write_text(TEMPLATE)
    Path("link").symlink_to("folder.yaml")
    assert said(capsys, "loop.yaml") == (
        2,
        "unreadable: loop.yaml: too many levels of symbolic links",
    )
    assert said(capsys, "gone.yaml") == (2, "unreadable: gone.yaml: a link to nothing")
    assert said(capsys, "pipe.yaml") == (2, "unreadable: pipe.yaml: no regular file")
    assert said(capsys, "folder.yaml") == (0, "")
    code, words = said(capsys, "missing.yaml")
    assert (code, words) == (2, "")


def test_a_file_without_permission(capsys: pytest.CaptureFixture[str]) -> None:
    Path("t.yaml").write_text(TEMPLATE)
    Path("t.yaml").chmod(0)
    if os.access("t.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    assert said(capsys, "t.yaml") == (2, "unreadable: t.yaml: permission denied")
