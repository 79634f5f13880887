"""Every way to write a policy: of a list only the element that is not known is lost, and each has its place."""

from typing import NamedTuple

import pytest

from rootlint.embedded import policy
from rootlint.model.place import spot
from rootlint.model.policy import Policy
from rootlint.model.value import Known, Text, Unknown
from tests.terraform.reading import resource, unit

PLAIN = "arn:aws:s3:::plain"
HOLE = "${var.x}"
JSON = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "One", "Effect": "Allow", "Action": "s3:Put*", "Resource": "*"},
    {
      "Sid": "Two",
      "Effect": "Deny",
      "Action": ["s3:Get*", "HOLE", "s3:List*"],
      "Resource": "*",
      "Condition": {"ArnLike": {"aws:PrincipalArn": ["arn:*:iam::*:root", "HOLE"]}}
    }
  ]
}
"""
OBJECT = JSON.replace('":', '" =').replace('"HOLE"', "var.x")
ESCAPED = JSON.replace("\n", "").replace('"', '\\"')
YAML = """Version: "2012-10-17"
Statement:
  - {Sid: One, Effect: Allow, Action: "s3:Put*", Resource: "*"}
  - Sid: Two
    Effect: Deny
    Action:
      - s3:Get*
      - "HOLE"
      - s3:List*
    Resource: "*"
    Condition: {ArnLike: {"aws:PrincipalArn": ["arn:*:iam::*:root", "HOLE"]}}
"""
STATEMENTS = """
  statement {
    sid       = "One"
    actions   = ["s3:Put*"]
    resources = ["*"]
  }
  statement {
    sid       = "Two"
    effect    = "Deny"
    actions   = ["s3:Get*", var.x, "s3:List*"]
    resources = ["*"]
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:*:iam::*:root", var.x]
    }
  }
"""


class Way(NamedTuple):
    """The value of `policy`, what else is in the file, the other files, and the file of the words."""

    value: str
    beside: str = ""
    files: dict[str, str] | None = None
    path: str = "main.tf"


def heredoc(mark: str, text: str) -> str:
    return f"{mark}EOT\n{text}EOT\n"


def document(body: str, name: str = "d") -> str:
    return f'data "aws_iam_policy_document" "{name}" {{{body}}}\n'


OF_DOCUMENT = "data.aws_iam_policy_document.d.json"
TEMPLATE = {"p.tpl": JSON.replace("HOLE", "${x}")}
ENCODED = f"jsonencode({OBJECT.strip()})"
WAYS = {
    "jsonencode": Way(ENCODED),
    "jsonencode with escapes": Way(
        ENCODED.replace("s3:Get", "s3:\\u0047et").replace("root", "r\\u006fot")
    ),
    "a text with escapes": Way('"' + ESCAPED.replace("HOLE", HOLE) + '"'),
    "heredoc": Way(heredoc("<<", JSON.replace("HOLE", HOLE))),
    "indented heredoc": Way(heredoc("<<-", JSON.replace("HOLE", HOLE).replace("\n", "\n    "))),
    "templatefile": Way('templatefile("p.tpl", { x = var.x })', files=TEMPLATE, path="p.tpl"),
    "template_file": Way(
        "data.template_file.t.rendered",
        'data "template_file" "t" {\n  template = file("p.tpl")\n  vars     = { x = var.x }\n}\n',
        TEMPLATE,
        "p.tpl",
    ),
    "a round trip of a file": Way(
        'jsonencode(jsondecode(templatefile("p.tpl", { x = var.x })))', files=TEMPLATE, path="p.tpl"
    ),
    "a round trip with parts": Way(
        "jsonencode({ Statement = flatten([for p in local.all : jsondecode(p).Statement]) })",
        'locals {\n  all = [templatefile("p.tpl", { x = var.x })]\n}\n',
        TEMPLATE,
        "p.tpl",
    ),
    "replace in a file": Way(
        'replace(file("p.json"), "HOLE", var.x)', files={"p.json": JSON}, path="p.json"
    ),
    "file with what fills it in": Way(
        'templatefile("p.tpl", merge({ x = var.x }, var.more))',
        'variable "more" {\n  default = {}\n}\n',
        TEMPLATE,
        "p.tpl",
    ),
    "yamldecode": Way(
        'jsonencode(yamldecode(templatefile("p.yaml", { x = var.x })))',
        files={"p.yaml": YAML.replace("HOLE", "${x}")},
        path="p.yaml",
    ),
    "document": Way(OF_DOCUMENT, document(STATEMENTS)),
    "document with a dynamic block": Way(
        OF_DOCUMENT,
        document(
            STATEMENTS.replace(
                "statement {", 'dynamic "statement" {\n for_each = ["a"]\n content {'
            ).replace("\n  }\n", "\n  }\n}\n")
        ),
    ),
    "a source document": Way(
        OF_DOCUMENT,
        document(STATEMENTS, "s")
        + document("\n  source_policy_documents = [data.aws_iam_policy_document.s.json]\n"),
    ),
    "a source document that is a text": Way(
        OF_DOCUMENT,
        document(
            f"\n  source_policy_documents = [{heredoc('<<', JSON.replace('HOLE', HOLE))}  ]\n"
        ),
    ),
    "an override document": Way(
        OF_DOCUMENT,
        document(STATEMENTS, "s")
        + document(
            "\n  override_policy_documents = [data.aws_iam_policy_document.s.json]\n"
            '  statement {\n    sid = "One"\n  }\n  statement {\n    sid = "Two"\n  }\n'
        ),
    ),
    "a minified document": Way(
        "data.aws_iam_policy_document.d.minified_json", document(STATEMENTS)
    ),
    "a document of a module": Way(
        "module.m.json",
        'module "m" {\n  source = "./m"\n  x      = var.x\n}\n',
        {
            "m/main.tf": 'variable "x" {}\n'
            + document(STATEMENTS)
            + f'output "json" {{\n  value = {OF_DOCUMENT}\n}}\n'
        },
        "m/main.tf",
    ),
}


def read(way: Way) -> tuple[Policy, dict[str, str]]:
    text = f'variable "x" {{}}\n{way.beside}resource "aws_iam_policy" "p" {{\n  policy = {way.value}\n}}\n'
    files = {"main.tf": text, **(way.files or {})}
    value = resource(unit(files), "aws_iam_policy.p").body.get("policy")
    assert value is not None
    found = policy(value)
    assert isinstance(found, Policy), found
    return found, files


@pytest.mark.parametrize("name", WAYS)
def test_only_what_is_not_known_is_lost(name: str) -> None:
    found, _ = read(WAYS[name])
    one, two = found.statements
    assert found.rest is None
    assert [each.value for each in one.action.items if isinstance(each, Known)] == ["s3:Put*"]  # type: ignore[union-attr]
    assert two.action is not None
    assert two.action.rest is None
    first, hole, last = two.action.items
    assert isinstance(hole, Unknown | Text)
    assert (getattr(first, "value", None), getattr(last, "value", None)) == ("s3:Get*", "s3:List*")
    (condition,) = two.conditions
    assert two.conditions_rest is None
    assert condition.values.rest is None
    assert getattr(condition.values.items[0], "value", None) == "arn:*:iam::*:root"
    assert isinstance(condition.values.items[1], Unknown | Text)


@pytest.mark.parametrize("name", WAYS)
def test_a_word_inside_is_found_where_it_is_written(name: str) -> None:
    found, files = read(WAYS[name])
    two = found.statements[1]
    assert two.action is not None
    words = {"List": two.action.items[2], "iam": two.conditions[0].values.items[0]}
    for word, value in words.items():
        assert isinstance(value, Known)
        at = str(value.value).index(word)
        place = spot(value, at, at + len(word))
        assert place.path == WAYS[name].path
        assert files[place.path][place.start : place.end] == word
