"""`samconfig.toml`: what `sam deploy` gives the template that it names.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from typing import Any

from rootlint.cloudformation.parameter_files import ParameterFile, given_in
from rootlint.model.value import Known
from rootlint.source import SourceFile, Span, Unreadable
from rootlint.toml import NotToml, parse_toml

NAME = "samconfig.toml"
_TEMPLATES = ("template.yaml", "template.yml", "template.json")
# What `sam build` writes, from the template at hand.
_BUILT = (".aws-sam/", "packaged.")
_LONG_FORM = re.compile(r"ParameterKey=(?P<key>[^,]+),ParameterValue=(?P<value>.*)", re.DOTALL)


def samconfig(file: SourceFile) -> ParameterFile | Unreadable:
    """The overrides of the default environment; those of `deploy` beat those for all commands."""
    try:
        table = parse_toml(file)
        given = {**_parameters(table, "global"), **_parameters(table, "deploy")}
        overrides = list(_overrides(given.get("parameter_overrides")))
    except (NotToml, ValueError) as problem:
        return Unreadable(file.path, str(problem))
    values = {
        name: Known(value, _place(file, name, value), note=given_in(file))
        for name, value in overrides
    }
    return ParameterFile(
        file.path,
        values,
        _word(given.get("region")),
        _templates(file, given),
        _word(given.get("stack_name")),
    )


def _word(written: Any) -> str | None:
    return written if isinstance(written, str) and written else None


def _parameters(table: Any, command: str) -> dict[str, Any]:
    for name in ("default", command, "parameters"):
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _overrides(written: Any) -> Iterator[tuple[str, str]]:
    """Raises ValueError where a quote is left open."""
    parts = shlex.split(written) if isinstance(written, str) else written
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, str):
            long_form = _LONG_FORM.fullmatch(part)
            name, _, value = part.partition("=")
            yield (long_form["key"], long_form["value"]) if long_form else (name, _bare(value))


def _bare(value: str) -> str:
    """A value of the list form without the quotes that a shell would take away."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in {'"', "'"}
    return value[1:-1] if quoted else value


def _templates(file: SourceFile, given: dict[str, Any]) -> tuple[str, ...]:
    folder = posixpath.dirname(file.path)
    named = given.get("template_file") or given.get("template")
    written = isinstance(named, str) and not named.startswith(_BUILT)
    names = (str(named),) if written else _TEMPLATES
    return tuple(posixpath.normpath(posixpath.join(folder, name)) for name in names)


def _place(file: SourceFile, name: str, value: str) -> Span:
    """Where the value stands; the whole of the overrides where it is written otherwise."""
    begin = max(0, file.text.find("parameter_overrides"))
    found = re.compile(rf"(?<!\w){re.escape(name)}(?:,ParameterValue)?=[\\\"']*").search(
        file.text, begin
    )
    at = found.end() if found else begin
    if found and value and file.text.startswith(value, at):
        return file.span(at, at + len(value))
    return file.span(begin, begin + len("parameter_overrides"))
