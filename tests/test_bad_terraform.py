"""What a user sees of a broken Terraform file, damage by damage: one line, and nothing else is lost."""

from pathlib import Path

import pytest

from rootlint import cli

# Found below each damage: the next block is read whatever the one before it looks like.
KEY = 'resource "aws_iam_access_key" "k" {\n  user = "root"\n}\n'
REST = " (the rest of it was read)"
TEXT = "text that cannot be read"


def local(value: str) -> str:
    return f"locals {{\n  x = {value}\n}}\n"


def alone(line: str) -> str:
    return f'resource "aws_sns_topic" "t" {{\n  {line}\n}}\n'


# The text before the key, and the lines that are said of it.
TABLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "nothing": ("", ()),
    "comments": ("# a\n// b\n/* c\n*/\n", ()),
    "byte-order mark": ("\ufefflocals {\n}\n", ()),
    "block without its brace": (
        'resource "aws_sns_topic" "t" {\n  name = "t"\n',
        (f"main.tf:1:1: `resource` block is not closed{REST}",),
    ),
    "stray brace": ("}\n", (f"main.tf:1:1: text that is no block{REST}",)),
    "list without its bracket": (alone('tags = ["a"'), (f"main.tf:3:1: `]` is missing{REST}",)),
    "call without its bracket": (alone('name = join("a"'), (f"main.tf:3:1: `)` is missing{REST}",)),
    "string without its quote": (alone('name = "a'), (f'main.tf:3:2: `"` is missing{REST}',)),
    "interpolation that is open": (
        alone('name = "${a"'),
        (
            f"main.tf:1:1: `resource` block is not closed{REST}",
            f"main.tf:1:1: {TEXT}{REST}",
        ),
    ),
    "heredoc without its end": (
        alone("name = <<EOT\na"),
        (
            f"main.tf:1:1: `resource` block is not closed{REST}",
            f"main.tf:4:2: {TEXT}{REST}",
        ),
    ),
    "comment without its end": (
        KEY.replace('"k"', '"j"') + "/* ",
        (f"main.tf:4:1: comment is not closed{REST}",),
    ),
    "value that is missing": (alone("name ="), (f"main.tf:2:3: {TEXT}{REST}",)),
    "name that is missing": (alone('= "a"'), (f"main.tf:1:30: {TEXT}{REST}",)),
    "attribute that is there twice": (
        alone('name = "a"\n  name = "b"'),
        (f"main.tf:3:3: attribute `name` is written twice{REST}",),
    ),
    "merge conflict": (
        f"<<<<<<< HEAD\n{local('1')}=======\n{local('2')}>>>>>>> other\n",
        (
            f"main.tf:1:1: text that is no block{REST}",
            f"main.tf:5:1: text that is no block{REST}",
            f"main.tf:9:1: text that is no block{REST}",
        ),
    ),
    "text between the blocks": ("see below\n", (f"main.tf:1:1: text that is no block{REST}",)),
    "block in a block of no kind": (alone("{ }"), (f"main.tf:1:30: {TEXT}{REST}",)),
}


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(shell: pytest.CaptureFixture[str]) -> tuple[list[str], int]:
    """The lines about what was not read, and how many keys were found."""
    cli.main(["."])
    shown = shell.readouterr()
    assert "Traceback" not in shown.err
    paragraphs = [" ".join(each.split()) for each in shown.out.split("\n\n")]
    lines = [each for each in paragraphs if each.startswith(("unreadable", "note: "))]
    keys = sum(each.startswith("error[root-access-key]") for each in paragraphs)
    return " ".join(lines).replace("unreadable: ", "\n").replace("note: ", "\n").split("\n")[
        1:
    ], keys


@pytest.mark.parametrize("name", TABLE)
def test_a_damage_is_said_and_the_rest_is_read(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, lines = TABLE[name]
    Path("main.tf").write_text(text + KEY)
    found, keys = said(capsys)
    assert [each.strip() for each in found] == list(lines)
    assert keys == 1


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xe9", "main.tf: not UTF-8 text in line 1, column 1"),
        (b"\x00", "main.tf: control character U+0000 in line 1, column 1"),
    ],
)
def test_bytes_that_are_no_text_lose_their_file_alone(
    data: bytes, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("main.tf").write_bytes(data + KEY.encode())
    Path("other.tf").write_text(KEY.replace('"k"', '"other"'))
    assert said(capsys) == ([line], 1)


def test_a_mark_and_line_breaks_of_windows(capsys: pytest.CaptureFixture[str]) -> None:
    text = (local('"é"') + KEY).replace("\n", "\r\n")
    Path("main.tf").write_bytes(text.encode("utf-8-sig"))
    assert said(capsys) == ([], 1)


@pytest.mark.parametrize(
    "statement", ['state}ment {\n  effect = "Deny"', "statement {\n  effect = ="]
)
def test_a_document_that_is_not_read_is_none_that_aws_rejects(
    statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("main.tf").write_text(
        f'data "aws_iam_policy_document" "d" {{\n  {statement}\n  actions = ["iam:*"]\n  }}\n}}\n'
        'resource "aws_organizations_policy" "p" {\n'
        '  name    = "p"\n  content = data.aws_iam_policy_document.d.json\n}\n'
    )
    cli.main(["."])
    shown = capsys.readouterr().out
    assert "unreadable: " in shown
    assert "scp-document-invalid" not in shown
