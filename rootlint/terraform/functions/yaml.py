"""`yamldecode` and `yamlencode`."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.value import Known, Text, Value
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    string,
    wholly,
)
from rootlint.terraform.values import known


def _yamldecode(_site: Site, args: Args) -> Value:
    from rootlint.terraform.yaml_text import NotRead, NoYaml, decode

    written = string(args[0])
    if not isinstance(written, Known | Text):
        raise Hidden(written)
    try:
        return decode(written)
    except NoYaml as problem:
        raise Fails(problem.reason) from problem
    except NotRead as problem:
        raise Hidden(problem.hole) from problem


def _yamlencode(site: Site, args: Args) -> Value:
    from rootlint.terraform.yaml_text import NotRead, encode

    try:
        return known(encode(wholly(args[0])), site.span)
    except NotRead as problem:
        raise Hidden(problem.hole) from problem


FUNCTIONS: Mapping[str, Function] = {
    "yamldecode": Function(_yamldecode, 1, 1),
    "yamlencode": Function(_yamlencode, 1, 1),
}
