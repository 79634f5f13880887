"""What a finding points at is cut out of the file exactly, wherever the value comes from."""

import pytest

from rootlint.model.place import spot
from rootlint.model.value import Encoded, Known, List, Map, Value
from rootlint.source import Span
from tests.terraform.evaluating import at, evaluated, value
from tests.terraform.reading import unit


def inside(found: Value | None, *path: str | int) -> Value:
    """A part of a value: keys of maps, places in lists."""
    for step in path:
        if isinstance(found, Encoded):
            found = found.value
        if isinstance(found, Map):
            found = found.entries[str(step)]
        else:
            assert isinstance(found, List)
            assert isinstance(step, int)
            found = found.items[step]
    assert found is not None
    return found


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


POLICY = """locals {
  x = jsonencode({
    Statement = [
      { Action = ["iam:*", "sts:${"Assume"}Role"], Condition = { Bool = { "aws:Mfa" = "true" } } },
    ]
  })
}
"""


def test_an_element_of_a_list_within_jsonencode() -> None:
    found = inside(evaluated(POLICY), "Statement", 0, "Action", 0)
    assert cut(POLICY, found.span) == "iam:*"
    assert at(POLICY, "Role", inside(evaluated(POLICY), "Statement", 0, "Action", 1)) == "Role"


def test_a_condition_within_jsonencode_and_its_key() -> None:
    bool_ = inside(evaluated(POLICY), "Statement", 0, "Condition", "Bool")
    assert isinstance(bool_, Map)
    assert cut(POLICY, bool_.entries["aws:Mfa"].span) == "true"
    assert cut(POLICY, bool_.keys["aws:Mfa"]) == "aws:Mfa"


DOCUMENT = """data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:Get", "s3:Put"]
    condition {
      test     = "StringLike"
      variable = "aws:PrincipalArn"
      values   = ["a", "arn:*:iam::*:root"]
    }
  }
}
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
"""


def test_a_condition_value_in_a_document_block() -> None:
    (policy,) = [r for r in unit(DOCUMENT).resources if r.kind == "aws_iam_policy"]
    statement = ("policy", "Statement", 0)
    found = inside(policy.body, *statement, "Condition", "StringLike", "aws:PrincipalArn", 1)
    assert at(DOCUMENT, "root", found) == "root"
    assert cut(DOCUMENT, found.span) == "arn:*:iam::*:root"
    assert cut(DOCUMENT, inside(policy.body, *statement, "Action", 1).span) == "s3:Put"


@pytest.mark.parametrize("term", ["$.userIdentity.type", "Root", "NOT", "é"])
def test_a_term_of_a_pattern_in_an_escaped_string(term: str) -> None:
    text = 'locals {\n  x = "{ $.userIdentity.type = \\"Root\\" && $.\\u00e9é NOT EXISTS }"\n}\n'
    found = evaluated(text)
    assert isinstance(found, Known)
    start = str(found.value).rindex(term)
    assert cut(text, spot(found, start, start + len(term))) == term


@pytest.mark.parametrize("mark", ["<<", "<<-"])
def test_a_line_of_a_heredoc(mark: str) -> None:
    text = (
        f'locals {{\n  x = {mark}EOT\n    {{ $.a = 1 &&\n      $.b = "${{"é"}}2" }}\n    EOT\n}}\n'
    )
    assert at(text, "$.b", evaluated(text)) == "$.b"
    assert at(text, "2", evaluated(text)) == "2"


def test_a_line_of_a_json_text_in_a_heredoc() -> None:
    text = 'locals {\n  x = jsondecode(<<-E\n    {"Action": ["a",\n      "iam:\\u002a"]}\n  E\n  )\n}\n'
    found = inside(evaluated(text), "Action", 1)
    assert isinstance(found, Known)
    assert found.value == "iam:*"
    assert at(text, "*", found) == "\\u002a"
    assert at(text, "iam", found) == "iam"


def test_a_line_of_a_file() -> None:
    file = '{\n  "Statement": [{"Sid": "a"},\n    {"Sid": "deny-ö"}]\n}\n'
    found = inside(value('jsondecode(file("p.json"))', {"p.json": file}), "Statement", 1, "Sid")
    assert isinstance(found, Known)
    assert found.span.path == "p.json"
    assert cut(file, spot(found, 0, 4)) == "deny"
    assert cut(file, spot(found, 5, 6)) == "ö"


def test_a_line_of_a_template_file() -> None:
    file = '{"Action": "x:${verb}",\n "Resource": "arn:aws:s3:::b"}\n'
    call = 'jsondecode(templatefile("p.tpl", {verb = "Get"}))'
    found = inside(value(call, {"p.tpl": file}), "Resource")
    assert isinstance(found, Known)
    assert found.span.path == "p.tpl"
    assert cut(file, spot(found, 4, 7)) == "aws"


def test_a_part_of_a_joined_and_formatted_text() -> None:
    text = (
        'locals {\n  x = format("%s/%s", join(":", ["arn", "aws"]), replace("a-b", "-", "é"))\n}\n'
    )
    assert at(text, "aws", evaluated(text)) == "aws"
    assert at(text, "b", evaluated(text)) == "b"
