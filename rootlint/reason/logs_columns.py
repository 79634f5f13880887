"""Space-delimited filter patterns, `[ip, ..., status = 4*]`: their columns, and what they make of a record.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-unstructured-log-events.html
describes fields between blanks, brackets and quotes. A JSON record is no such line: how CloudWatch
Logs parts it is not described, so only what holds of every way to part it is decided. Each field is
a piece of the record's text then.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.truth import Truth, all_of, any_of
from rootlint.reason.logs_lexer import Malformed, Token, operand, tokens
from rootlint.reason.logs_regex import finds, refusal
from rootlint.reason.logs_syntax import (
    HOLE,
    AllOf,
    AnyOf,
    Column,
    ColumnPattern,
    Compare,
    Kind,
    Node,
    Operand,
    Selector,
    show_operand,
)
from rootlint.reason.sight import Sight, Term, short, strongest

_ANY_NUMBER = "..."
_MOST_REGEXES = 2
_ORDERS = frozenset({"<", "<=", ">", ">="})


def read_columns(text: str) -> ColumnPattern:
    """The columns of a space-delimited pattern. Raises `Malformed`."""
    begin, end = text.index("["), len(text.rstrip())
    if not text.endswith("]", begin, end):
        raise Malformed(begin, "the bracket is not closed")
    columns = tuple(_column(text, *ends) for ends in _parted(text, begin + 1, end - 1))
    _refuse_regexes(columns)
    return ColumnPattern(columns)


def _parted(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the columns; commas inside quotes or a regular expression part nothing."""
    closes, start = "", begin
    for at in range(begin, end):
        letter = text[at]
        if letter == closes:
            closes = ""
        elif not closes and letter in '"%':
            closes = letter
        elif not closes and letter == ",":
            yield start, at
            start = at + 1
    yield start, end


def _column(text: str, start: int, end: int) -> Column:
    written = " ".join(text[start:end].split())
    try:
        found = [x._replace(start=x.start + start) for x in tokens(text[start:end])]
        return Column(written, _alternatives(found, start))
    except Malformed:
        return Column(written, known=False)


def _alternatives(found: list[Token], start: int) -> Node | None:
    """The condition of a column, if it has one: comparisons, `&&` before `||`."""
    if len(found) <= 2 and found[0].kind in {"word", "end"}:
        return None
    either: list[Node] = []
    for every in _split(found[:-1], "||"):
        joined = [_comparison(part, start) for part in _split(every, "&&")]
        either.append(joined[0] if len(joined) == 1 else AllOf(tuple(joined)))
    return either[0] if len(either) == 1 else AnyOf(tuple(either))


def _split(found: list[Token], joint: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in found:
        if token.kind == "operator" and token.text == joint:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _comparison(part: list[Token], start: int) -> Compare:
    kinds = [token.kind for token in part]
    if len(kinds) != 3 or kinds[:2] != ["word", "operator"] or kinds[2] == "bracket":
        raise Malformed(start, "a column is a name, or a name with a comparison")
    name, operator, value = part
    end = value.start + len(value.text)
    return Compare(Selector((name.text,)), operator.text, operand(value), name.start, end)


def _refuse_regexes(columns: tuple[Column, ...]) -> None:
    found = [x for column in columns for x in _comparisons(column.node)]
    regexes = [x for x in found if x.operand.kind is Kind.REGEX]
    for one in regexes:
        message = refusal(one.operand.text)
        if message is not None:
            raise Malformed(one.start, message)
    if len(regexes) > _MOST_REGEXES:
        at = regexes[_MOST_REGEXES].start
        raise Malformed(at, f"more than {_MOST_REGEXES} regular expressions")


def _comparisons(node: Node | None) -> Iterator[Compare]:
    match node:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _comparisons(part)
        case Compare():
            yield node
        case _:
            pass


def sees_columns(pattern: ColumnPattern, text: str) -> Sight:
    """What the pattern makes of a record, written as one line."""
    sights = [_judge(column, text) for column in pattern.columns]
    sights.append(Sight(_fit(pattern)))
    return strongest(tuple(sights), all_of(sight.truth for sight in sights))


def _fit(pattern: ColumnPattern) -> Truth:
    """Whether the record has as many fields: it has one at least, how many more is not known."""
    named = [column for column in pattern.columns if column.text != _ANY_NUMBER]
    return Truth.of(len(named) < 2 and len(named) < len(pattern.columns)) | Truth.UNKNOWN


def _judge(column: Column, text: str) -> Sight:
    if not column.known:
        return Sight(Truth.UNKNOWN)
    return Sight(Truth.YES) if column.node is None else _node(column.node, text)


def _node(node: Node, text: str) -> Sight:
    match node:
        case AllOf(parts):
            sights = tuple(_node(part, text) for part in parts)
            return strongest(sights, all_of(sight.truth for sight in sights))
        case AnyOf(parts):
            sights = tuple(_node(part, text) for part in parts)
            return strongest(sights, any_of(sight.truth for sight in sights))
        case Compare():
            return _compare(node, text)
        case _:
            return Sight(Truth.UNKNOWN)


def _compare(node: Compare, text: str) -> Sight:
    wanted = short(f"{node.operator} {show_operand(node.operand).replace(HOLE, '…')}")
    name = str(node.selector.steps[0])
    held = Truth.UNKNOWN if node.operator in _ORDERS else _may_equal(node.operand, text)
    truth = ~held if node.operator == "!=" else held
    return Sight(truth, Term(name, wanted, "no such text in it", node.start, node.end))


def _may_equal(operand: Operand, text: str) -> Truth:
    """NO where no piece of the record is the operand, however it is parted; else UNKNOWN."""
    if operand.kind is Kind.REGEX:
        anchored = HOLE in operand.text or any(letter in operand.text for letter in "^$")
        found = Truth.UNKNOWN if anchored else finds(operand.text, text)
        return found & Truth.UNKNOWN
    pieces = operand.text.replace(HOLE, "*").split("*")
    return Truth.of(all(_piece(piece, text) for piece in pieces)) & Truth.UNKNOWN


def _piece(piece: str, text: str) -> bool:
    """Whether a piece may be in the record; its quotes may be left out or doubled by the parting."""
    return piece in text or any(letter in piece for letter in '"[]\\')
