"""The command line: commands, flags, and exit codes. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rootlint import __version__

if TYPE_CHECKING:
    from rootlint.finding import Report
    from rootlint.report import Output
    from rootlint.settings import Settings

CLEAN, FOUND, WRONG, BUG, INTERRUPTED = 0, 1, 2, 3, 130
SEVERITIES = ("critical", "high", "medium", "low", "note")
PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b")
SHELLS = ("bash", "fish", "zsh")
_HELP = ("-h", "--help")
_OF_THE_GROUP = {*_HELP, "--version"}


class _Commands(click.Group):
    """`rootlint PATH...` is `rootlint check PATH...`; a command wins over a path of the same name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] in _OF_THE_GROUP)
        completing = not args and ctx.resilient_parsing
        if not named and not completing:
            args = ["check", *args]
        return super().parse_args(ctx, args)


def _outputs(
    ctx: click.Context,
    param: click.Parameter,
    values: Sequence[str],
) -> tuple[Output, ...]:
    """`FORMAT` or `FORMAT=FILE`, one or several; text where standard output is free."""
    from rootlint.report import FORMATS, Output
    from rootlint.settings import nearest

    found = []
    for value in values:
        name, _, file = value.partition("=")
        if name not in FORMATS:
            near = nearest(name, FORMATS) or f": write one of {', '.join(FORMATS)}"
            raise click.BadParameter(f"no format is called `{name}`{near}", ctx, param)
        found.append(Output(name, file if file not in {"", "-"} else None))
    shown = sum(output.file is None for output in found)
    if shown > 1:
        raise click.UsageError("two formats for standard output: give one of them a file")
    return (*found, *(() if shown else (Output("text", None),)))


def _names(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG001 - click calls it so
    """Several flags, or several names between commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _pairs(
    ctx: click.Context, param: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """`NAME=VALUE` as a pair."""
    pairs = [tuple(value.split("=", 1)) for value in values]
    for pair in pairs:
        if len(pair) < 2 or not pair[0]:
            raise click.BadParameter(f"`{pair[0]}` should be NAME=VALUE", ctx, param)
    return tuple((name, text) for name, text in pairs)


@click.group(cls=_Commands, context_settings={"help_option_names": _HELP})
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Prove where CloudFormation and Terraform leave the AWS root user unprotected.

    `rootlint PATH...` is short for `rootlint check PATH...`, and `rootlint` for `rootlint check .`
    """


@commands.command(short_help="Check files and folders.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "outputs",
    metavar="FORMAT[=FILE]",
    multiple=True,
    callback=_outputs,
    help="text, json or sarif; with =FILE into a file, besides. May be given again.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 1 from this severity on (default: low).",
)
@click.option("--undecided", is_flag=True, help="List what could not be decided, and why.")
@click.option(
    "--strict", is_flag=True, help="Show strict-only notes; an undecided answer fails too."
)
@click.option("--select", multiple=True, callback=_names, help="Run only these checks.")
@click.option("--ignore", multiple=True, callback=_names, help="Do not run these checks.")
@click.option("--exclude", multiple=True, help="Leave out files, by a pattern of .gitignore.")
@click.option("--config", metavar="FILE", help="Read these settings and no others.")
@click.option("--isolated", is_flag=True, help="Disregard settings and ignores of the tree.")
@click.option("--region", metavar="REGION", help="The Region where the code names none.")
@click.option(
    "--parameters",
    metavar="FILE",
    multiple=True,
    help="Parameter values of templates: JSON, YAML or samconfig.toml. May be given again.",
)
@click.option("--partition", type=click.Choice(PARTITIONS), help="The partition: aws if not set.")
@click.option(
    "--var",
    "variables",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_pairs,
    help="A variable of Terraform's root modules. May be given again.",
)
@click.option(
    "--var-file", "var_files", metavar="FILE", multiple=True, help="Likewise, a file of variables."
)
@click.option("--workspace", metavar="NAME", help="Terraform's workspace.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Read in N processes (default: the cores)."
)
@click.option("--no-color", is_flag=True, help="Print no colours, not even on a terminal.")
def check(
    paths: tuple[str, ...],
    outputs: tuple[Output, ...],
    config: str | None,
    *,
    isolated: bool,
    no_color: bool,
    **flags: Any,
) -> int:
    """Check the files below PATHS (the working directory if there are none).

    Exit codes: 0 clean, 1 findings, 2 wrong arguments or input that could not be read, 3 a bug.
    """
    from rootlint.pipeline import run
    from rootlint.report.output import emit
    from rootlint.settings import load

    paths = paths or (".",)
    _must_exist(paths)
    with _refusals():
        settings = load(config, isolated=isolated).with_options(**flags)
        _must_be_files(settings.var_files)
        report = run(paths, settings)
        listed = settings.undecided or settings.strict
        emit(report, outputs, color=not no_color, undecided=listed)
    return verdict(report, settings)


@commands.command(short_help="Say what a check is about.")
@click.argument("name", metavar="CHECK")
def explain(name: str) -> int:
    """Say what a check is about: the fault, an example, its proof, and the way out."""
    from rootlint.docs import page_of
    from rootlint.registry import find, load
    from rootlint.report.output import takes_color
    from rootlint.report.page import page_lines
    from rootlint.report.screen import Screen

    with _refusals():
        text = page_of(find(load(), name))
    screen = Screen(sys.stdout.encoding or "utf-8", takes_color(sys.stdout))
    _print(page_lines(text, screen))
    return CLEAN


@commands.command(short_help="List all checks.")
def checks() -> int:
    """List all checks: name, severity, group, and the fault in one line."""
    from rootlint.docs import listing
    from rootlint.registry import load
    from rootlint.report.screen import Screen

    with _refusals():
        known = load()
    _print(listing(known, Screen(sys.stdout.encoding or "utf-8")))
    return CLEAN


@commands.command(short_help="Write the pages of the checks.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if stale.")
def docs(*, only_check: bool) -> int:
    """Write checks/pages/ and checks/README.md from the checks and their fixtures."""
    from rootlint.docs import stale, write
    from rootlint.registry import load

    with _refusals():
        known = load()
        differing = stale(known) if only_check else write(known)
    _print(differing)
    return FOUND if only_check and differing else CLEAN


@commands.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print the completion script of a SHELL: eval "$(rootlint completion bash)"."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    _print([found(commands, {}, "rootlint", "_ROOTLINT_COMPLETE").source()])
    return CLEAN


def verdict(report: Report, settings: Settings) -> int:
    """The exit code of a run."""
    least = SEVERITIES[::-1].index(settings.fail_on)
    if report.broken:
        return BUG
    if any(found.severity.rank >= least for found in report.findings):
        return FOUND
    if settings.strict and report.undecided:
        return FOUND
    return WRONG if any(found.configuration for found in report.unreadable) else CLEAN


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what comes back is the exit code."""
    try:
        code: int = commands.main(arguments, prog_name="rootlint", standalone_mode=False) or CLEAN
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as problem:
        return _complain(_help_with(problem))
    except Exception as bug:  # noqa: BLE001 - a user never sees a traceback unless he asks for it
        return _our_bug(bug)
    return code


def _print(lines: Iterable[str]) -> None:
    from rootlint.report.output import open_pipe

    with open_pipe():
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()


@contextmanager
def _refusals() -> Iterator[None]:
    """What a user can mend becomes one line and exit code 2."""
    from rootlint.settings import Refusal

    try:
        yield
    except Refusal as problem:
        raise click.UsageError(str(problem)) from problem


def _must_exist(paths: Sequence[str]) -> None:
    for number, path in enumerate(paths):
        if not os.path.lexists(path):
            words = () if number else tuple(commands.commands)
            raise click.UsageError(f"no such file or folder: `{path}`{_near(path, words)}")


def _must_be_files(paths: Sequence[str]) -> None:
    for path in paths:
        if not Path(path).is_file():
            raise click.UsageError(f"no such file of variables: `{path}`{_near(path, ())}")


def _near(path: str, words: Sequence[str]) -> str:
    from rootlint.settings import nearest

    try:
        beside = [str(sibling) for sibling in Path(path).parent.iterdir()]
    except OSError:
        beside = []
    return nearest(path, [*words, *beside])


def _help_with(problem: click.ClickException) -> str:
    """What is wrong, in one line, with the nearest right word."""
    message = problem.format_message().rstrip(".")
    if isinstance(problem, click.NoSuchOption):
        from rootlint.settings import nearest

        flags = [name for param in check.params for name in param.opts if name.startswith("-")]
        return f"no such option: `{problem.option_name}`{nearest(problem.option_name, flags)}"
    return f"{message[:1].lower()}{message[1:]}"


def _complain(message: str) -> int:
    from rootlint.report.screen import Screen

    click.echo(f"rootlint: {Screen().clean(message)}", err=True)
    return WRONG


def _our_bug(bug: Exception) -> int:
    if os.environ.get("ROOTLINT_TRACEBACK"):
        import traceback

        traceback.print_exception(bug)
    _complain(
        f"this is a bug in rootlint, please report it: {type(bug).__name__}: {bug} "
        "(ROOTLINT_TRACEBACK=1 shows where)"
    )
    return BUG
