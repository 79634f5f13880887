"""Which calls in a script make an access key for whoever runs it: `CreateAccessKey` without a user.

Without a user name the call acts on the calling identity, which may be the root user:
https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.identity import Language, Script
from rootlint.model.place import spot
from rootlint.model.read import text as text_of
from rootlint.model.truth import Truth
from rootlint.model.value import Encoded, Known, List, Map, Text, Unknown, Value
from rootlint.reason.shell import HOLE, Word, commands
from rootlint.source import Span

_PROGRAMS = frozenset({"aws", "aws.exe", "awscli", "aws2", "aws.cmd"})
_BEFORE = frozenset({
    "!", "-E", "-n", "builtin", "command", "do", "elif", "else", "env", "exec", "if", "nohup",
    "sudo", "then", "time", "until", "while", "xargs",
})  # fmt: skip
# Global options of the AWS CLI that take no value: https://docs.aws.amazon.com/cli/latest/reference/
_FLAGS = frozenset({
    "--cli-auto-prompt", "--debug", "--no-cli-auto-prompt", "--no-cli-pager", "--no-paginate",
    "--no-sign-request", "--no-verify-ssl",
})  # fmt: skip
_NAMES_A_USER = ("--user-name", "--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton")
_CODE = re.compile(
    r"""'''|\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*|(?<![\w.])\#[^\n]*"""
    r"""|\b(?:create_access_key|createAccessKey|CreateAccessKeyCommand)\s*\(\s*(?:\{\s*\}\s*)?\)"""
)
_NOWHERE = Span("", 0, 0)
_CLOSERS = {"'''": "'''", '"""': '"""', "/*": "*/"}


class Call(NamedTuple):
    """A call that makes a key: where it is written, the call, and whether it names no user."""

    at: Span
    shown: str
    nameless: Truth


def key_calls(script: Script) -> Iterator[Call]:
    """The calls of `CreateAccessKey` in a script that name no user, or may name none."""
    return _calls(script.text, script.language)


def _calls(text: Value, language: Language) -> Iterator[Call]:
    match language:
        case Language.SHELL:
            yield from _in_shell(text)
        case Language.CODE:
            yield from _in_code(text)
        case Language.STATES:
            yield from _in_states(text)
        case Language.CALL:
            yield from _in_call(text)


def _flat(value: Value) -> str:
    """The text with each hole as one character, as `Text.pieces` counts."""
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else HOLE for part in value.parts)
    return text_of(value) or ""


def _in_shell(value: Value) -> Iterator[Call]:
    flat = _flat(value)
    if "create-access-key" not in flat or not isinstance(value, Known | Text):
        return
    for command in commands(flat):
        arguments = _operation(command)
        if arguments is None:
            continue
        nameless = _nameless(arguments)
        if nameless is not Truth.NO:
            at = spot(value, command[0].start, command[-1].end)
            yield Call(at, "aws iam create-access-key", nameless)


def _operation(command: Sequence[Word]) -> Sequence[Word] | None:
    """The arguments of `aws … iam create-access-key`; None where the command is another."""
    words = list(command)
    while words and (words[0].text in _BEFORE or _is_assignment(words[0].text)):
        words.pop(0)
    if not words or words[0].text.replace("\\", "/").rpartition("/")[2] not in _PROGRAMS:
        return None
    rest = _after_options(words[1:])
    if not rest or rest[0].text != "iam":
        return None
    rest = _after_options(rest[1:])
    return rest[1:] if rest and rest[0].text == "create-access-key" else None


def _is_assignment(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()


def _after_options(words: Sequence[Word]) -> Sequence[Word]:
    """What follows the global options in front."""
    at = 0
    while at < len(words) and words[at].text.startswith("--"):
        takes_value = "=" not in words[at].text and words[at].text not in _FLAGS
        at += 2 if takes_value else 1
    return words[at:]


def _nameless(arguments: Sequence[Word]) -> Truth:
    if any(word.text.startswith(_NAMES_A_USER) or word.text == "help" for word in arguments):
        return Truth.NO
    before = ""
    for word in arguments:
        is_value = before.startswith("--") or before.endswith((">", "<"))
        if word.open and not is_value and not word.text.lstrip("012&").startswith((">", "<")):
            return Truth.UNKNOWN  # it may hold an option
        before = word.text
    return Truth.YES


def _in_code(value: Value) -> Iterator[Call]:
    flat = _flat(value)
    if not isinstance(value, Known | Text):
        return
    at = 0
    while found := _CODE.search(flat, at):
        at = found.end()
        closer = _CLOSERS.get(found.group())
        if closer:
            end = flat.find(closer, at)
            at = len(flat) if end < 0 else end + len(closer)
        elif found.group()[0] in "cC":
            yield Call(spot(value, *found.span()), found.group(), Truth.YES)


def _in_states(value: Value) -> Iterator[Call]:
    """Step Functions' SDK integration: a task `…:aws-sdk:iam:createAccessKey` without `UserName`.

    https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
    """
    for state in _maps(_tree(value)):
        resource = state.get("Resource")
        if (text_of(resource) or "").endswith(":aws-sdk:iam:createAccessKey"):
            given = state.get("Parameters") or state.get("Arguments")
            nameless = _lacks_user(given)
            if nameless is not Truth.NO and resource is not None:
                yield Call(resource.span, "iam:createAccessKey", nameless)


def _in_call(value: Value) -> Iterator[Call]:
    """CDK's `Custom::AWS`: `{"service": "IAM", "action": "createAccessKey", "parameters": {}}`."""
    for call in _maps(_tree(value)):
        action = call.get("action")
        service = (text_of(call.get("service")) or "").lower().removeprefix("@aws-sdk/client-")
        if service == "iam" and _is_create(text_of(action)) and action is not None:
            nameless = _lacks_user(call.get("parameters"))
            if nameless is not Truth.NO:
                yield Call(action.span, "IAM.createAccessKey", nameless)


def _is_create(action: str | None) -> bool:
    return (action or "").removesuffix("Command").lower() == "createaccesskey"


def _tree(value: Value) -> Value:
    if isinstance(value, Known | Text | Encoded):
        return parse_json(value)
    return value


def _maps(value: Value) -> Iterator[Map]:
    stack: list[Value] = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Map):
            yield current
            stack.extend(reversed(list(current.entries.values())))
        elif isinstance(current, List):
            stack.extend(reversed(current.items))


def _lacks_user(given: Value | None) -> Truth:
    match given:
        case None:
            return Truth.YES
        case Map():
            named = any(key.removesuffix(".$") == "UserName" for key in given.entries)
            return Truth.NO if named else Truth.YES if given.rest is None else Truth.UNKNOWN
        case Unknown():
            return Truth.UNKNOWN
        case _:
            return Truth.UNKNOWN


def makes_key(language: Language) -> Callable[[str], bool]:
    """Whether a text in a language holds a call that surely names no user: asked again by replays."""

    def holds(text: str) -> bool:
        plain = Known(text, _NOWHERE)
        return any(call.nameless is Truth.YES for call in _calls(plain, language))

    return holds
