"""Functions that make strings of strings, with holes where they have some."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from rootlint.model.value import Known, Text, Unknown, Value, Why
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    each_option,
    items_of,
    string,
    text,
    whole,
)
from rootlint.terraform.functions.formatting import format_list, format_text
from rootlint.terraform.operators import hidden
from rootlint.terraform.texts import Bit, String, concat, made, part, parts_of, respelled
from rootlint.terraform.types import STRING
from rootlint.terraform.values import ListOf, known, why_unknown

# Terraform counts what a reader sees. INVARIANT: each of these characters is one of that, whatever
# stands beside it; others may combine.
_ALONE = re.compile(
    "[\x00-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf\u2190-\u23f0"
    "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\U0001f300-\U0001f3fa\U0001f400-\U0001f64f]*"
)


def join(site: Site, args: Args) -> Value:
    separator = string(args[0])
    items = [item for arg in args[1:] for item in items_of(arg)]

    def work(values: Args) -> Value:
        bits: list[Bit] = []
        for index, value in enumerate(values):
            if index:
                bits.append(Bit(separator, site.span))
            bits.append(Bit(string(value)))
        return concat(bits, site.span)

    return each_option(items, work, site.span)


def _split(site: Site, args: Args) -> Value:
    separator, subject = text(args[0]), string(args[1])
    if not separator:
        letters = characters(_sure(subject), args[1])
        assert isinstance(subject, Known)
        rows: Sequence[Value] = [part(subject, i, i + 1) for i in range(len(letters))]
    elif isinstance(subject, Known):
        rows = _cut_at(subject, separator)
    else:
        rows = _split_text(subject, separator)
    return ListOf(tuple(rows), site.span, of=STRING)


def _cut_at(subject: Known, separator: str) -> list[Known]:
    whole_text, start, found = str(subject.value), 0, []
    while (end := whole_text.find(separator, start)) >= 0:
        found.append(part(subject, start, end))
        start = end + len(separator)
    return [*found, part(subject, start, len(whole_text))]


def _split_text(subject: Text | Unknown, separator: str) -> list[Value]:
    """A text whose holes certainly hold no separator: names, accounts and Regions no `:` or `/`."""
    rows: list[list[str | Unknown]] = [[]]
    for piece in parts_of(subject):
        if isinstance(piece, Unknown):
            if not piece.shape or separator not in (":", "/"):
                raise Hidden(piece)
            rows[-1].append(piece)
            continue
        first, *others = piece.split(separator)
        rows[-1].append(first)
        rows.extend([other] for other in others)
    return [made(row, (), subject.span) for row in rows]


def _sure(subject: String) -> str:
    if isinstance(subject, Known):
        return str(subject.value)
    raise Hidden(why_unknown(subject) or _limit(subject))


def _limit(subject: Value) -> Unknown:
    return Unknown(Why.LIMIT, "text is not worked out", subject.span)


def characters(subject: str, place: Value) -> str:
    """The text, if each of its characters is one of what a reader sees."""
    if "\r\n" in subject or not _ALONE.fullmatch(subject):
        detail = "characters that may combine are not counted"
        raise Hidden(Unknown(Why.FUNCTION, detail, place.span))
    return subject


def _each(change: Callable[[str], str]) -> Callable[[Site, Args], Value]:
    """A function that changes every letter by itself: what is known of a text stays known."""

    def work(_site: Site, args: Args) -> Value:
        subject = string(args[0])
        if isinstance(subject, Known):
            return respelled(subject, change(str(subject.value)))
        parts = [change(p) if isinstance(p, str) else _recased(p) for p in parts_of(subject)]
        pieces = subject.pieces if isinstance(subject, Text) else ()
        return made(parts, pieces, subject.span)

    return work


def _recased(hole: Unknown) -> Unknown:
    """An account, Region or partition has no capitals; of anything else nothing is known."""
    return hole if hole.shape in ("account", "region", "partition") else hidden(hole)


def _lower(subject: str) -> str:
    return "".join(low if len(low := c.lower()) == 1 else low[0] for c in subject)


def _upper(subject: str) -> str:
    return "".join(up if len(up := c.upper()) == 1 else c for c in subject)


def _title(_site: Site, args: Args) -> Value:
    subject = string(args[0])
    letters = list(_sure(subject))
    for before, (place, letter) in zip([" ", *letters], enumerate(letters), strict=False):
        if before.isspace() or (before.isascii() and not before.isalnum() and before != "_"):
            letters[place] = _upper(letter)
    assert isinstance(subject, Known)
    return respelled(subject, "".join(letters))


def _substr(_site: Site, args: Args) -> Value:
    subject, offset, length = string(args[0]), whole(args[1]), whole(args[2])
    if isinstance(subject, Text) and offset >= 0 and length >= 0:
        head = parts_of(subject)[0]
        if isinstance(head, str) and offset + length <= len(characters(head, args[0])):
            subject = Known(head, subject.span, pieces=subject.pieces)
    size = len(characters(_sure(subject), args[0]))
    start = min(max(0, offset + size if offset < 0 else offset), size)
    to_the_end = length < 0 or (length == 0 and offset < 0)  # as Terraform has it
    end = size if to_the_end else min(size, start + length)
    assert isinstance(subject, Known)
    return part(subject, start, end)


def _stripped(change: Callable[[str, str], str]) -> Callable[[Site, Args], Value]:
    """A function that takes something from the ends of a text."""

    def work(_site: Site, args: Args) -> Value:
        subject = string(args[0])
        if not isinstance(subject, Known):
            raise Hidden(why_unknown(subject) or _limit(subject))
        before = str(subject.value)
        after = change(before, text(args[1]) if len(args) > 1 else "")
        start = before.find(after)
        return part(subject, start, start + len(after))

    return work


def _trimprefix(_site: Site, args: Args) -> Value:
    subject, prefix = string(args[0]), text(args[1])
    if isinstance(subject, Known):
        size = len(prefix) if str(subject.value).startswith(prefix) else 0
        return part(subject, size, len(str(subject.value)))
    head, *others = parts_of(subject)
    if not isinstance(head, str) or (len(head) < len(prefix) and prefix.startswith(head)):
        raise Hidden(why_unknown(subject) or _limit(subject))
    if not head.startswith(prefix):
        return subject
    return made([head[len(prefix) :], *others], (), subject.span)


def _trimsuffix(_site: Site, args: Args) -> Value:
    subject, suffix = string(args[0]), text(args[1])
    if isinstance(subject, Known):
        written = str(subject.value)
        size = len(suffix) if written.endswith(suffix) else 0
        return part(subject, 0, len(written) - size)
    *others, tail = parts_of(subject)
    if not isinstance(tail, str) or (len(tail) < len(suffix) and suffix.endswith(tail)):
        raise Hidden(why_unknown(subject) or _limit(subject))
    if not tail.endswith(suffix):
        return subject
    return made([*others, tail[: len(tail) - len(suffix)]], (), subject.span)


def _chomp(site: Site, args: Args) -> Value:
    return _stripped(lambda before, _: before.rstrip("\r\n"))(site, args)


def _begins(site: Site, args: Args) -> Value:
    return _at_end(site, string(args[0]), text(args[1]), str.startswith, 0)


def _ends(site: Site, args: Args) -> Value:
    return _at_end(site, string(args[0]), text(args[1]), str.endswith, -1)


def _at_end(
    site: Site, subject: String, word: str, fits: Callable[[str, str], bool], end: int
) -> Value:
    """Whether a text begins or ends with a word, decided where its known part is long enough."""
    known_end = parts_of(subject)[end]
    written = known_end if isinstance(known_end, str) else ""
    if isinstance(subject, Known) or len(written) >= len(word) or not fits(word, written):
        return known(fits(written, word), site.span)
    raise Hidden(why_unknown(subject) or _limit(subject))


def _contains(site: Site, args: Args) -> Value:
    subject, word = string(args[0]), text(args[1])
    if any(isinstance(piece, str) and word in piece for piece in parts_of(subject)):
        return known(True, site.span)  # noqa: FBT003 - a value
    return known(word in _sure(subject), site.span)


def _indent(site: Site, args: Args) -> Value:
    spaces, subject = whole(args[0]), string(args[1])
    if not 0 <= spaces <= 1_000:
        raise Fails("not a number of spaces")
    return _replaced(subject, "\n", known("\n" + " " * spaces, site.span), site)


def replace_text(site: Site, subject: String, old: str, new: String) -> Value:
    """Every occurrence of one text replaced by another, which may have holes, or be one."""
    if isinstance(new, Known):  # all of it comes from here
        new = known(str(new.value), site.span)
    if old:
        return _replaced(subject, old, new, site)
    letters, between = _sure(subject), _sure(new)
    return known(between + "".join(letter + between for letter in letters), site.span)


def _replaced(subject: String, old: str, new: String, site: Site) -> Value:
    if isinstance(subject, Known):
        kept = _cut_at(subject, old)
        bits = [Bit(kept[0])]
        for piece in kept[1:]:
            bits.extend((Bit(new), Bit(piece)))
        return subject if len(kept) == 1 else concat(bits, site.span)
    parts = parts_of(subject)
    if len(old) > 1 and any(_may_touch(one, other, old) for one, other in pairwise(parts)):
        raise Hidden(why_unknown(subject) or _limit(subject))
    changed: list[str | Unknown] = []
    for one in parts:
        if isinstance(one, Unknown):
            changed.append(_within(one, old))
            continue
        first, *others = one.split(old)
        changed.append(first)
        for other in others:
            changed.extend((*parts_of(new), other))
    return made(changed, (), subject.span)


def _within(hole: Unknown, old: str) -> Unknown:
    """A hole in which something may be replaced: names, accounts and Regions hold no `:` or `/`."""
    return hole if hole.shape and old in (":", "/") else hidden(hole)


def _may_touch(before: str | Unknown, after: str | Unknown, old: str) -> bool:
    """Whether an occurrence may reach from a known part into the hole beside it."""
    if isinstance(before, str):
        return any(before.endswith(old[:size]) for size in range(1, len(old)))
    if isinstance(after, str):
        return any(after.startswith(old[-size:]) for size in range(1, len(old)))
    return True


def _strrev(site: Site, args: Args) -> Value:
    return known(characters(text(args[0]), args[0])[::-1], site.span)


FUNCTIONS: Mapping[str, Function] = {
    "chomp": Function(_chomp, 1, 1),
    "endswith": Function(_ends, 2, 2),
    "format": Function(format_text, 1, None),
    "formatlist": Function(format_list, 1, None),
    "indent": Function(_indent, 2, 2),
    "join": Function(join, 2, None),
    "lower": Function(_each(_lower), 1, 1),
    "split": Function(_split, 2, 2),
    "startswith": Function(_begins, 2, 2),
    "strcontains": Function(_contains, 2, 2),
    "strrev": Function(_strrev, 1, 1),
    "substr": Function(_substr, 3, 3),
    "title": Function(_title, 1, 1),
    "trim": Function(_stripped(str.strip), 2, 2),
    "trimprefix": Function(_trimprefix, 2, 2),
    "trimspace": Function(_stripped(lambda before, _: before.strip()), 1, 1),
    "trimsuffix": Function(_trimsuffix, 2, 2),
    "upper": Function(_each(_upper), 1, 1),
}
