import json

import pytest

from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Piece, Text, Unknown, Value, Why
from rootlint.reason.script import key_calls, makes_key
from rootlint.source import Span
from tests.reason.making import resource

HERE = Span("a.sh", 100, 200)
HOLE = Unknown(Why.VARIABLE, "var.x has no value", HERE)


def script(text: Value, language: Language = Language.SHELL) -> Script:
    return Script(resource("host"), text, RunsAs.ROLE, language)


def nameless(text: str | Value, language: Language = Language.SHELL) -> list[Truth]:
    value = Known(text, HERE) if isinstance(text, str) else text
    return [call.nameless for call in key_calls(script(value, language))]


@pytest.mark.parametrize(
    "text",
    [
        "aws iam create-access-key",
        "sudo -E aws --region us-east-1 --no-cli-pager iam create-access-key --output text",
        "/usr/local/bin/aws iam create-access-key > $FILE 2>&1",
        'KEY="$(aws iam create-access-key --query AccessKey)"',
        "set -e; if true; then AWS_PROFILE=x aws iam create-access-key; fi",
        "aws --output=json iam \\\n  create-access-key",
        "aws iam create-access-key --query $QUERY",
    ],
)
def test_a_command_that_names_no_user(text: str) -> None:
    assert nameless(text) == [Truth.YES]


@pytest.mark.parametrize(
    "text",
    [
        "aws iam create-access-key --user-name ci",
        'aws iam create-access-key --user-name "$USER"',
        "aws iam create-access-key --user-name=ci",
        "aws iam create-access-key --cli-input-json file://x.json",
        "aws iam create-access-key --generate-cli-skeleton",
        "aws iam create-access-key help",
        "# aws iam create-access-key",
        "echo aws iam create-access-key",
        "echo 'aws iam create-access-key'",
        "cat <<EOF\naws iam create-access-key\nEOF\n",
        "aws iam list-access-keys",
        "aws s3 ls create-access-key",
        "myaws iam create-access-key",
    ],
)
def test_a_command_that_makes_no_key_of_its_own(text: str) -> None:
    assert nameless(text) == []


@pytest.mark.parametrize(
    "text", ["aws iam create-access-key $ARGS", 'aws iam create-access-key "$@"']
)
def test_a_variable_may_hold_the_option(text: str) -> None:
    assert nameless(text) == [Truth.UNKNOWN]


def test_a_hole_may_hold_the_option() -> None:
    assert nameless(Text(("aws iam create-access-key ", HOLE), HERE)) == [Truth.UNKNOWN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key = iam.create_access_key()", [Truth.YES]),
        ("await iam.createAccessKey({}).promise()", [Truth.YES]),
        ("client.send(new CreateAccessKeyCommand({ }))", [Truth.YES]),
        ("iam.create_access_key(UserName=name)", []),
        ("# iam.create_access_key()", []),
        ("x = 1 # iam.create_access_key()", []),
        ("// iam.createAccessKey()", []),
        ("/* iam.createAccessKey() */", []),
        ('print("create_access_key()")', []),
        ("'''create_access_key()'''", []),
        ("my_create_access_key()", []),
    ],
)
def test_calls_in_code(text: str, expected: list[Truth]) -> None:
    assert nameless(text, Language.CODE) == expected


def state(**fields: object) -> str:
    resource_arn = "arn:aws:states:::aws-sdk:iam:createAccessKey"
    return json.dumps({"States": {"Key": {"Type": "Task", "Resource": resource_arn, **fields}}})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (state(), [Truth.YES]),
        (state(Parameters={}), [Truth.YES]),
        (state(Parameters={"UserName": "ci"}), []),
        (state(Parameters={"UserName.$": "$.user"}), []),
        (state(Arguments={"UserName": "ci"}), []),
        (state().replace("createAccessKey", "listAccessKeys"), []),
        ("no json", []),
    ],
)
def test_state_machines(text: str, expected: list[Truth]) -> None:
    assert nameless(text, Language.STATES) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"service": "IAM", "action": "createAccessKey"}, [Truth.YES]),
        ({"service": "@aws-sdk/client-iam", "action": "CreateAccessKeyCommand"}, [Truth.YES]),
        ({"service": "IAM", "action": "createAccessKey", "parameters": {"UserName": "ci"}}, []),
        ({"service": "IAM", "action": "listUsers"}, []),
    ],
)
def test_calls_written_as_data(call: dict[str, object], expected: list[Truth]) -> None:
    assert nameless(json.dumps(call), Language.CALL) == expected


def test_the_call_is_pointed_at() -> None:
    text = "set -e\naws iam create-access-key\n"
    value = Known(text, HERE, pieces=(Piece(0, HERE, exact=True),))
    (call,) = key_calls(script(value))
    assert call.at == Span("a.sh", 107, 132)


def test_a_replay_asks_the_text_again() -> None:
    assert makes_key(Language.SHELL)("aws iam create-access-key")
    assert not makes_key(Language.SHELL)("aws iam create-access-key --user-name x")
