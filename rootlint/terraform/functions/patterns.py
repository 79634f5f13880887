"""Functions of regular expressions, and `replace`, which may take one."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Function, Hidden, Site, string, text
from rootlint.terraform.functions.string import replace_text


def _replace(site: Site, args: Args) -> Value:
    subject, old, new = string(args[0]), text(args[1]), text(args[2])
    if len(old) > 1 and old[0] == old[-1] == "/":
        raise Hidden(Unknown(Why.FUNCTION, "regular expression is not evaluated", site.span))
    return replace_text(site, subject, old, new)


FUNCTIONS: Mapping[str, Function] = {
    "replace": Function(_replace, 3, 3),
}
