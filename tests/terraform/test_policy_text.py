"""The text of a policy document: what `length`, `sha256`, `jsondecode` and a size limit see."""

import hashlib

import pytest

from rootlint.model.value import Encoded, Known, Map, Text, Unknown, Value
from rootlint.terraform.convert import to_text
from tests.terraform.reading import STATE, unit, written

DOCUMENT = """
data "aws_iam_policy_document" "d" {
  statement {
    sid       = "Root"
    effect    = "Deny"
    actions   = ["a:<x>", "b:*", "a:<x>"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["s"]
    }
    principals {
      type        = "AWS"
      identifiers = ["a", "b"]
    }
    condition {
      test     = "StringLike"
      variable = "z"
      values   = ["&{v}", "u"]
    }
    condition {
      test     = "ArnLike"
      variable = "k"
      values   = ["arn"]
    }
  }
}
output "o" {
  value = %s
}
"""
MINIFIED = (
    '{"Version":"2012-10-17","Statement":[{"Sid":"Root","Effect":"Deny",'
    '"Action":["b:*","a:\\u003cx\\u003e"],"Resource":"*",'
    '"Principal":{"AWS":["b","a"],"Service":"s"},'
    '"Condition":{"ArnLike":{"k":"arn"},"StringLike":{"z":["${v}","u"]}}}]}'
)
INDENTED = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Root",
      "Effect": "Deny",
      "Action": [
        "b:*",
        "a:\\u003cx\\u003e"
      ],
      "Resource": "*",
      "Principal": {
        "AWS": [
          "b",
          "a"
        ],
        "Service": "s"
      },
      "Condition": {
        "ArnLike": {
          "k": "arn"
        },
        "StringLike": {
          "z": [
            "${v}",
            "u"
          ]
        }
      }
    }
  ]
}"""


def output(expression: str, document: str = DOCUMENT) -> Value:
    asked = expression.replace("d.", "data.aws_iam_policy_document.d.")
    (door,) = unit(STATE + document % asked).doors
    return door.value


def plain(expression: str) -> object:
    found = output(expression)
    return written(to_text(found) if isinstance(found, Encoded) else found)


def test_a_text_is_laid_out_as_the_provider_does() -> None:
    assert plain("d.json") == INDENTED
    assert plain("d.minified_json") == MINIFIED


def test_functions_see_that_text() -> None:
    assert plain("length(d.json)") == len(INDENTED)
    assert plain("length(d.minified_json)") == len(MINIFIED)
    assert plain("sha256(d.json)") == hashlib.sha256(INDENTED.encode()).hexdigest()
    assert plain('replace(d.minified_json, "Deny", "Allow")') == MINIFIED.replace("Deny", "Allow")


def test_what_is_decoded_is_what_was_written() -> None:
    assert plain("jsondecode(d.json).Statement[0].Resource") == "*"
    assert plain("jsondecode(d.json).Statement[0].Action") == ["b:*", "a:<x>"]
    assert plain("keys(jsondecode(d.minified_json).Statement[0].Condition)") == [
        "ArnLike",
        "StringLike",
    ]


def test_within_another_json_it_is_a_text() -> None:
    inner = MINIFIED.replace("\\", "\\\\").replace('"', '\\"')
    assert plain("jsonencode({ p = d.minified_json })") == f'{{"p":"{inner}"}}'


def test_an_empty_document_has_no_statements() -> None:
    empty = 'data "aws_iam_policy_document" "d" {\n}\noutput "o" {\n  value = %s\n}\n'
    text = to_text(output("d.minified_json", empty))
    assert isinstance(text, Known)
    assert text.value == '{"Version":"2012-10-17"}'


@pytest.mark.parametrize("actions", ['["b:*", var.x]', "var.x", 'concat(["b:*"], var.x)'])
def test_what_is_not_known_of_a_list_leaves_the_text_around_it(actions: str) -> None:
    document = DOCUMENT.replace('["a:<x>", "b:*", "a:<x>"]', actions)
    text = to_text(output("d.minified_json", document + 'variable "x" {}\n'))
    assert isinstance(text, Text)
    before, hole, after = text.parts
    assert isinstance(hole, Unknown)
    assert f'{before}["b:*","a:\\u003cx\\u003e"]{after}' == MINIFIED


def test_the_elements_themselves_are_kept_in_the_order_in_which_they_are_written() -> None:
    found = output("d.json")
    assert isinstance(found, Encoded)
    assert isinstance(found.value, Map)
    (statement,) = written(found)["Statement"]  # type: ignore[index]
    assert statement["Action"] == ["a:<x>", "b:*"]
