r"""The regular expressions of CloudWatch Logs filter patterns, matched in linear time.

Supported are letters, digits, `: _ # = @ / ; , -`, and the operators `^ $ ? [ ] { } | \ * + .`; there
are no groups: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

import string
from functools import lru_cache
from typing import NamedTuple

from rootlint.model.truth import Truth

_MOST_ATOMS = 300
_WORD = frozenset(string.ascii_letters + string.digits + "_")
_CLASSES = {
    "d": frozenset(string.digits),
    "w": _WORD,
    "s": frozenset(string.whitespace),
}
_REPEATS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_REFUSED = frozenset("()!")


class _Atom(NamedTuple):
    """A set of characters (all but these where `negated`), and whether it may be left out or repeated."""

    letters: frozenset[str]
    negated: bool
    optional: bool = False
    repeated: bool = False

    def takes(self, letter: str) -> bool:
        return (letter in self.letters) is not self.negated


class _Branch(NamedTuple):
    atoms: tuple[_Atom, ...]
    from_start: bool
    to_end: bool


class _Odd(Exception):  # noqa: N818 - it says what the expression is
    """More than this reads: the answer is not known."""


def refusal(text: str) -> str | None:
    """Why AWS rejects the expression, or None."""
    for letter in text:
        if letter in _REFUSED or not letter.isascii():
            return f"`{letter}` is not supported in a regular expression"
    return None


def finds(text: str, value: str) -> Truth:
    """Whether the expression matches somewhere in a value; UNKNOWN where it is not simple."""
    branches = _branches(text)
    if branches is None:
        return Truth.UNKNOWN
    return Truth.of(any(_search(branch, value) for branch in branches))


@lru_cache(maxsize=64)
def _branches(text: str) -> tuple[_Branch, ...] | None:
    try:
        return tuple(_branch(part) for part in _alternatives(text))
    except (_Odd, IndexError):
        return None


def _alternatives(text: str) -> list[str]:
    """The parts between the bars, of which those in a class or behind a backslash are none."""
    parts, escaped, inside = [""], False, False
    for letter in text:
        if letter == "|" and not escaped and not inside:
            parts.append("")
            continue
        parts[-1] += letter
        if not escaped:
            inside = letter == "[" or (inside and letter != "]")
        escaped = letter == "\\" and not escaped
    return parts


def _branch(text: str) -> _Branch:
    from_start = text.startswith("^")
    to_end = text.endswith("$") and not text.endswith("\\$")
    body = text[int(from_start) : len(text) - int(to_end)]
    atoms: list[_Atom] = []
    at = 0
    while at < len(body):
        atom, at = _atom(body, at)
        repeated, at = _repeat(body, at, atom)
        atoms.extend(repeated)
        if len(atoms) > _MOST_ATOMS:
            raise _Odd
    return _Branch(tuple(atoms), from_start, to_end)


def _atom(body: str, at: int) -> tuple[_Atom, int]:
    letter = body[at]
    if letter == "\\":
        return _escape(body[at + 1]), at + 2
    if letter == "[":
        return _class(body, at + 1)
    if letter == ".":
        return _Atom(frozenset(), negated=True), at + 1
    if letter in "^$*+?{}]":
        raise _Odd
    return _Atom(frozenset(letter), negated=False), at + 1


def _escape(letter: str) -> _Atom:
    if letter.lower() in _CLASSES:
        return _Atom(_CLASSES[letter.lower()], negated=letter.isupper())
    if letter.isalnum():
        raise _Odd
    return _Atom(frozenset(letter), negated=False)


def _class(body: str, at: int) -> tuple[_Atom, int]:
    negated = body[at] == "^"
    at += int(negated)
    letters: set[str] = set()
    first = at
    while body[at] != "]" or at == first:
        if body[at] == "\\":
            inner = _escape(body[at + 1])
            if inner.negated:
                raise _Odd
            letters |= inner.letters
            at += 2
        elif body[at + 1] == "-" and body[at + 2] != "]":
            letters |= {chr(code) for code in range(ord(body[at]), ord(body[at + 2]) + 1)}
            at += 3
        else:
            letters.add(body[at])
            at += 1
    return _Atom(frozenset(letters), negated), at + 1


def _repeat(body: str, at: int, atom: _Atom) -> tuple[list[_Atom], int]:
    if at >= len(body):
        return [atom], at
    if body[at] == "{":
        end = body.index("}", at) if "}" in body[at:] else len(body)
        least, most = _counts(body[at + 1 : end])
        return _times(atom, least, most), end + 1
    if body[at] not in _REPEATS:
        return [atom], at
    least, most = _REPEATS[body[at]]
    return _times(atom, least, most), at + 1


def _counts(text: str) -> tuple[int, int | None]:
    least, comma, most = text.partition(",")
    if not least.isdecimal() or (most and not most.isdecimal()) or len(text) > 7:
        raise _Odd
    return int(least), int(most) if most else None if comma else int(least)


def _times(atom: _Atom, least: int, most: int | None) -> list[_Atom]:
    if max(least, most or 0) > _MOST_ATOMS:
        raise _Odd
    must = [atom] * least
    if most is None:
        return [*must, atom._replace(optional=True, repeated=True)]
    return must + [atom._replace(optional=True)] * (most - least)


def _search(branch: _Branch, value: str) -> bool:
    """Run all places of the expression at once over the value: never more steps than their product."""
    goal = len(branch.atoms)
    states = _closed({0}, branch.atoms)
    for letter in value:
        if goal in states and not branch.to_end:
            return True
        states = _step(states, branch.atoms, letter)
        if not branch.from_start:
            states |= {0}
        states = _closed(states, branch.atoms)
    return goal in states


def _step(states: set[int], atoms: tuple[_Atom, ...], letter: str) -> set[int]:
    found: set[int] = set()
    for state in states:
        if state < len(atoms) and atoms[state].takes(letter):
            found.add(state if atoms[state].repeated else state + 1)
    return found


def _closed(states: set[int], atoms: tuple[_Atom, ...]) -> set[int]:
    """Also the places behind what may be left out."""
    found = set(states)
    stack = list(states)
    while stack:
        state = stack.pop()
        if state < len(atoms) and atoms[state].optional and state + 1 not in found:
            found.add(state + 1)
            stack.append(state + 1)
    return found
