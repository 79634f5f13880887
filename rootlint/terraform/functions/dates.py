"""Functions of time: what depends on the moment of the run is not known, and neither is what follows."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Function, Hidden, Site


def _at_the_run(site: Site, args: Args) -> Value:  # noqa: ARG001 - every function is called alike
    return Unknown(Why.FUNCTION, "time of the run", site.span)


def _not_worked_out(site: Site, args: Args) -> Value:  # noqa: ARG001 - every function is called alike
    raise Hidden(Unknown(Why.FUNCTION, "times are not worked out", site.span))


FUNCTIONS: Mapping[str, Function] = {
    "formatdate": Function(_not_worked_out, 2, 2),
    "plantimestamp": Function(_at_the_run, 0, 0, safe=True),
    "timeadd": Function(_not_worked_out, 2, 2),
    "timecmp": Function(_not_worked_out, 2, 2),
    "timestamp": Function(_at_the_run, 0, 0, safe=True),
}
