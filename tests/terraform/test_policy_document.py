import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Encoded, List, Map, Unknown, Value
from tests.terraform.reading import resource, unit, written

USED = """
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
"""


def document(*blocks: str, more: str = "") -> Map:
    """The JSON of a policy document with that body."""
    text = 'data "aws_iam_policy_document" "d" {\n' + "\n".join(blocks) + "\n}\n" + more + USED
    found = resource(unit(text), "aws_iam_policy.p").body.get("policy")
    assert isinstance(found, Encoded)
    assert isinstance(found.value, Map)
    return found.value


def read(*blocks: str, more: str = "") -> Policy:
    found = policy(Encoded(document(*blocks, more=more), document(*blocks, more=more).span))
    assert isinstance(found, Policy)
    return found


def statements(*blocks: str, more: str = "") -> list[object]:
    found = written(document(*blocks, more=more))
    assert isinstance(found, dict)
    assert isinstance(found["Statement"], list)
    return found["Statement"]


def only(value: Value | None) -> Map:
    assert isinstance(value, List)
    (item,) = value.items
    assert isinstance(item, Map)
    return item


DENY = """
  statement {
    sid       = "Root"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:*:iam::*:root"]
    }
  }
"""


def test_a_statement_as_the_provider_writes_it() -> None:
    assert written(document(DENY)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Root",
                "Effect": "Deny",
                "Action": ["*"],
                "Resource": ["*"],
                "Condition": {"ArnLike": {"aws:PrincipalArn": ["arn:*:iam::*:root"]}},
            }
        ],
    }


def test_every_leaf_has_its_place() -> None:
    text = 'data "aws_iam_policy_document" "d" {' + DENY + "}\n" + USED
    (statement,) = read_text(text).statements
    (condition,) = statement.conditions
    shown = [
        text[span.start : span.end]
        for span in (
            statement.span,
            statement.effect.span,
            condition.operator_span,
            condition.key_span,
            condition.values.items[0].span,
        )
    ]
    assert shown == ["statement", "Deny", "ArnLike", "aws:PrincipalArn", "arn:*:iam::*:root"]


def read_text(text: str) -> Policy:
    value = resource(unit(text), "aws_iam_policy.p").body.get("policy")
    assert value is not None
    found = policy(value)
    assert isinstance(found, Policy)
    return found


def test_a_dynamic_statement_points_at_its_block() -> None:
    text = (
        """data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = ["a"]
    content {
      sid = statement.value
    }
  }
}
"""
        + USED
    )
    (statement,) = read_text(text).statements
    assert text[statement.span.start : statement.span.end] == 'dynamic "statement"'


def test_effect_is_allow_unless_written() -> None:
    assert statements("statement {\n}") == [{"Effect": "Allow"}]


def test_policy_variables_are_spelt_as_aws_does() -> None:
    found = statements(
        'statement {\n  resources = ["arn:aws:iam::*:user/&{aws:username}"]\n'
        '  condition {\n    test = "StringEquals"\n    variable = "aws:x"\n'
        '    values = ["&{aws:username}"]\n  }\n}'
    )
    assert found == [
        {
            "Effect": "Allow",
            "Resource": ["arn:aws:iam::*:user/${aws:username}"],
            "Condition": {"StringEquals": {"aws:x": ["${aws:username}"]}},
        }
    ]


def principals(*pairs: tuple[str, str]) -> str:
    return "".join(
        f'principals {{\n type = "{kind}"\n identifiers = {names}\n}}\n' for kind, names in pairs
    )


def test_principals_are_merged_by_type() -> None:
    blocks = principals(("AWS", '["a"]'), ("Service", '["s"]'), ("AWS", '["b"]'))
    assert statements(f"statement {{\n{blocks}}}") == [
        {"Effect": "Allow", "Principal": {"AWS": ["a", "b"], "Service": ["s"]}}
    ]


def test_anyone_is_written_as_a_star() -> None:
    blocks = principals(("*", '["*"]'))
    assert statements(f"statement {{\n{blocks}}}") == [{"Effect": "Allow", "Principal": "*"}]


def test_conditions_with_one_operator_and_key_are_put_together() -> None:
    condition = 'condition {\n test = "StringLike"\n variable = "k"\n values = [%s]\n}\n'
    blocks = condition % '"a"' + condition % '"b", "c"'
    assert statements(f"statement {{\n{blocks}}}") == [
        {"Effect": "Allow", "Condition": {"StringLike": {"k": ["b", "c", "a"]}}}
    ]


def test_a_dynamic_statement_is_there_for_each_element() -> None:
    found = statements(
        'dynamic "statement" {\n  for_each = ["a", "b"]\n'
        "  content {\n    sid = statement.value\n  }\n}"
    )
    assert found == [{"Sid": "a", "Effect": "Allow"}, {"Sid": "b", "Effect": "Allow"}]


def test_an_unknown_dynamic_statement_may_be_there() -> None:
    found = read(
        DENY,
        'dynamic "statement" {\n  for_each = var.more\n  content {\n  }\n}',
        more='variable "more" {}\n',
    )
    assert found.rest is not None
    assert len(found.statements) == 1


def test_an_unknown_operator_never_loses_the_statement() -> None:
    found = read(
        'statement {\n effect = "Deny"\n actions = ["*"]\n condition {\n'
        '  test = var.test\n  variable = "k"\n  values = ["v"]\n }\n}',
        more='variable "test" {}\n',
    )
    (statement,) = found.statements
    assert statement.conditions == ()
    assert isinstance(statement.conditions_rest, Unknown)


def test_an_unknown_resource_never_loses_its_neighbours() -> None:
    found = statements('statement {\n resources = ["a", var.b]\n}', more='variable "b" {}\n')
    assert found == [{"Effect": "Allow", "Resource": ["a", "?"]}]


MERGED = "data.aws_iam_policy_document.s.json"
SOURCE = """
data "aws_iam_policy_document" "s" {
  statement {
    sid     = "A"
    actions = ["s:One"]
  }
  statement {
    actions = ["s:Two"]
  }
}
"""


def test_a_source_document_is_merged_by_sid() -> None:
    found = statements(
        "source_policy_documents = [data.aws_iam_policy_document.s.json]",
        'statement {\n sid = "A"\n effect = "Deny"\n}',
        more=SOURCE,
    )
    assert found == [{"Sid": "A", "Effect": "Deny"}, {"Effect": "Allow", "Action": ["s:Two"]}]


def test_an_override_document_replaces_by_sid() -> None:
    found = statements(
        "override_policy_documents = [data.aws_iam_policy_document.s.json]",
        'statement {\n sid = "A"\n effect = "Deny"\n}',
        more=SOURCE,
    )
    assert found == [
        {"Sid": "A", "Effect": "Allow", "Action": ["s:One"]},
        {"Effect": "Allow", "Action": ["s:Two"]},
    ]


def test_a_source_document_that_is_a_text_is_read() -> None:
    found = statements(
        'source_policy_documents = ["{\\"Statement\\": [{\\"Sid\\": \\"T\\", \\"Effect\\": \\"Deny\\"}]}", ""]'
    )
    assert found == [{"Sid": "T", "Effect": "Deny"}]


def test_an_unknown_source_document_hides_more_statements() -> None:
    found = read(DENY, "source_policy_documents = [var.more]", more='variable "more" {}\n')
    assert found.rest is not None
    assert [statement.exists for statement in found.statements] == [Truth.YES]


def test_an_unknown_override_puts_statements_with_a_sid_in_doubt() -> None:
    found = read(
        DENY,
        "statement {\n}",
        "override_policy_documents = [var.more]",
        more='variable "more" {}\n',
    )
    assert [statement.exists for statement in found.statements] == [Truth.UNKNOWN, Truth.YES]


def test_documents_found_by_for_are_merged() -> None:
    found = statements(
        'source_policy_documents = [for id in ["a"] : local.all[id]]',
        more=SOURCE + "locals {\n  all = { a = data.aws_iam_policy_document.s.json }\n}\n",
    )
    assert found == [
        {"Sid": "A", "Effect": "Allow", "Action": ["s:One"]},
        {"Effect": "Allow", "Action": ["s:Two"]},
    ]


def test_the_newest_version_holds() -> None:
    found = document(
        'version = "2008-10-17"',
        "source_policy_documents = [data.aws_iam_policy_document.s.json]",
        more=SOURCE,
    )
    assert written(found.get("Version")) == "2012-10-17"


def test_a_statement_that_may_be_there() -> None:
    found = read(
        'dynamic "statement" {\n  for_each = var.on ? ["x"] : []\n'
        '  content {\n    effect = "Deny"\n  }\n}',
        more='variable "on" {}\n',
    )
    assert [statement.exists for statement in found.statements] == [Truth.UNKNOWN]


@pytest.mark.parametrize(
    "body",
    [
        'statement {\n sid = "A"\n}\nstatement {\n sid = "A"\n}',
        f"source_policy_documents = [{MERGED}, {MERGED}]",
    ],
)
def test_a_sid_that_terraform_refuses_to_see_twice(body: str) -> None:
    text = f'data "aws_iam_policy_document" "d" {{\n{body}\n}}\n' + SOURCE + USED
    found = resource(unit(text), "aws_iam_policy.p").body.get("policy")
    assert isinstance(found, Unknown)
    assert found.detail == "two statements have the Sid `A`, which Terraform refuses"
    assert text[found.span.start : found.span.end] == "A"


def test_two_overrides_of_one_sid_are_no_fault() -> None:
    found = statements(f"override_policy_documents = [{MERGED}, {MERGED}]", more=SOURCE)
    assert [one["Sid"] for one in found if isinstance(one, dict) and "Sid" in one] == ["A"]


def test_policy_variables_of_actions_are_left_as_they_are() -> None:
    found = statements('statement {\n  actions = ["s3:&{x}"]\n  not_actions = ["&{y}"]\n}')
    assert found == [{"Effect": "Allow", "Action": ["s3:&{x}"], "NotAction": ["&{y}"]}]


def test_principals_of_nobody_are_written() -> None:
    blocks = principals(("AWS", "[]"))
    assert statements(f"statement {{\n{blocks}}}") == [
        {"Effect": "Allow", "Principal": {"AWS": []}}
    ]


def test_values_of_a_condition_are_texts() -> None:
    found = statements(
        'statement {\n condition {\n  test = "Bool"\n  variable = "k"\n  values = [true, 1.50]\n }\n}'
    )
    assert found == [{"Effect": "Allow", "Condition": {"Bool": {"k": ["true", "1.5"]}}}]


def test_a_source_document_is_written_again_by_the_provider() -> None:
    source = (
        '{ statement = [{ effect = "Deny", PRINCIPAL = { "*" = "*" }, More = "x",'
        " Condition = { Bool = { k = true, l = null }, NumericLessThan = { n = 5 } } }] }"
    )
    found = statements(f"source_policy_documents = [jsonencode({source})]")
    assert found == [{"Effect": "Deny", "Principal": "*", "Condition": {"Bool": {"k": "true"}}}]


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ('source_policy_documents = ["{\\"Statement\\": {}}"]', "{}"),
        (
            'override_policy_documents = [jsonencode({ Statement = { Sid = "a" } })]',
            '{ Sid = "a" }',
        ),
        ("source_policy_documents = [jsonencode({ Statement = [{ Sid = 7 }] })]", "7"),
        (
            'version = "2008-10-17"\nstatement {\n  resources = ["a", "&{aws:username}"]\n}',
            "&{aws:username}",
        ),
    ],
)
def test_a_document_that_the_provider_refuses(body: str, marked: str) -> None:
    text = f'data "aws_iam_policy_document" "d" {{\n{body}\n}}\n' + USED
    found = resource(unit(text), "aws_iam_policy.p").body.get("policy")
    assert isinstance(found, Unknown)
    assert found.detail.startswith("the AWS provider refuses")
    assert text[found.span.start : found.span.end] == marked


def test_a_field_that_may_be_of_any_type_is_not_refused() -> None:
    source = "{ Statement = [{ Sid = var.x, Principal = var.x, Condition = { Bool = var.x } }] }"
    found = statements(
        f"source_policy_documents = [jsonencode({source})]", more='variable "x" {}\n'
    )
    assert found == [{"Sid": "?", "Principal": "?", "Condition": {"Bool": "?"}}]
