"""The command line: what it prints, where, and how it exits."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from rootlint import __version__, cli, settings
from rootlint.finding import Broken, Report, Severity
from rootlint.report import Output
from rootlint.report.output import CannotWrite, emit, takes_color
from rootlint.settings import Settings
from rootlint.source import Unreadable
from tests.making import Text, a_check

Shell = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "ROOTLINT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# A shell makes what it runs in the background deaf to interrupts, and that is inherited.
PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from rootlint.cli import main; sys.exit(main())"
)


def rootlint(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)


def refusal(shell: Shell, *arguments: str) -> str:
    assert cli.main(arguments) == cli.WRONG
    said = shell.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err.removeprefix("rootlint: ").strip()


def test_the_version_is_that_of_the_distribution(capsys: Shell) -> None:
    assert cli.main(["--version"]) == cli.CLEAN
    assert capsys.readouterr().out == f"rootlint {__version__}\n"
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text()
    assert f'version = "{__version__}"\n' in project or 'dynamic = ["version"]' in project


def test_the_flags_offer_what_the_settings_accept() -> None:
    assert cli.SEVERITIES == settings.SEVERITIES
    assert cli.PARTITIONS == settings.PARTITIONS
    assert tuple(severity.value for severity in Severity) == settings.SEVERITIES


@pytest.mark.parametrize("arguments", [(), (".",), ("check",), ("check", "."), ("--strict", ".")])
def test_check_is_the_command_that_need_not_be_named(
    capsys: Shell, arguments: tuple[str, ...]
) -> None:
    assert cli.main(arguments) == cli.CLEAN
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("0 errors, 0 warnings, 0 undecided\n0 files, 0 resources, ")


def test_a_command_wins_over_a_path_of_its_name(tree: Path, capsys: Shell) -> None:
    (tree / "checks").mkdir()
    assert cli.main(["checks"]) == cli.CLEAN
    assert "bad-ignore  medium  settings\n" in capsys.readouterr().out
    assert cli.main(["./checks"]) == cli.CLEAN
    assert capsys.readouterr().out == ""


def test_help_is_there_for_the_whole_and_for_a_command(capsys: Shell) -> None:
    assert cli.main(["-h"]) == cli.CLEAN
    assert "check       Check files and folders." in capsys.readouterr().out
    assert cli.main(["check", "--help"]) == cli.CLEAN
    assert "Exit codes: 0 clean, 1 findings" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--formt", "json"), "no such option: `--formt`: did you mean `--format`?"),
        (
            ("--format", "jsn"),
            "invalid value for '--format': no format is called `jsn`: did you mean `json`?",
        ),
        (
            ("--format", "?"),
            "invalid value for '--format': no format is called `?`: write one of text, json, sarif",
        ),
        (
            ("--format", "text", "--format", "json"),
            "two formats for standard output: give one of them a file",
        ),
        (("chek", "."), "no such file or folder: `chek`: did you mean `check`?"),
        (("check", "gone"), "no such file or folder: `gone`"),
        (("explain", "bad-ignor"), "no check is called `bad-ignor`: did you mean `bad-ignore`?"),
        (("--select", "bad-ignor"), "no check is called `bad-ignor`: did you mean `bad-ignore`?"),
        (("--ignore", "bad-ignore"), "`bad-ignore` cannot be ignored: mend the ignore"),
        (("--config", "gone.toml"), "gone.toml: no such file or directory"),
        (("--region", "here"), "`--region` should be the name of a Region, such as eu-west-1"),
        (
            ("docs",),
            "no `checks` and `fixtures` here: run this at the top of the repository",
        ),
    ],
)
def test_what_a_user_can_mend_is_one_line(
    capsys: Shell, arguments: tuple[str, ...], said: str
) -> None:
    assert refusal(capsys, *arguments) == said


def test_a_path_that_is_nearly_there_is_named(tree: Path, capsys: Shell) -> None:
    (tree / "modules").mkdir()
    assert refusal(capsys, "check", "module") == (
        "no such file or folder: `module`: did you mean `modules`?"
    )


def test_settings_that_cannot_be_meant_stop_the_run(tree: Path, capsys: Shell) -> None:
    (tree / "rootlint.toml").write_text("strictt = true\n")
    assert refusal(capsys) == (
        "rootlint.toml:1: no setting is called `strictt`: did you mean `strict`?"
    )


def test_a_hostile_name_in_the_settings_does_not_reach_the_terminal(
    tree: Path, capsys: Shell
) -> None:
    (tree / "rootlint.toml").write_text('"\\u001b[2J" = 1\n')
    assert "\x1b" not in refusal(capsys)


def test_isolated_disregards_the_settings_of_the_tree(tree: Path, capsys: Shell) -> None:
    (tree / "rootlint.toml").write_text("broken")
    assert cli.main(["--isolated"]) == cli.CLEAN
    assert capsys.readouterr().out == ""


def test_several_formats_in_one_run(tree: Path, capsys: Shell) -> None:
    assert cli.main(["--format=json", "--format=sarif=out.sarif", "--format=text=out.txt"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 1
    assert json.loads((tree / "out.sarif").read_text())["version"] == "2.1.0"
    assert (tree / "out.txt").read_text().startswith("0 errors")


def test_json_on_standard_output_leaves_standard_error_alone(capsys: Shell) -> None:
    assert cli.main(["--format", "json"]) == cli.CLEAN
    assert capsys.readouterr().err == ""


def test_text_goes_to_the_terminal_where_the_other_formats_have_files(capsys: Shell) -> None:
    assert cli.main(["--format", "sarif=out.sarif"]) == cli.CLEAN
    assert capsys.readouterr().err.startswith("0 errors, 0 warnings")


def test_a_file_that_cannot_be_written_is_named(capsys: Shell) -> None:
    said = refusal(capsys, "--format", "json=gone/out.json")
    assert said == "gone/out.json: no such file or directory"


def reported(*severities: Severity, **fields: object) -> Report:
    text = Text(a_tf="x")
    found = [text.finding("a.tf", "x", a_check(severity=severity)) for severity in severities]
    return text.report(*found, **fields)


UNREADABLE = (Unreadable("a.tf", "unclosed brace"),)
NO_CONFIGURATION = (Unreadable("a.yaml", "a template of a template", configuration=False),)
BROKEN = (Broken("a-fault", "aws_x.y", "crashed"),)
OPEN = (Text(a_tf="x").open("a.tf", "x"),)


@pytest.mark.parametrize(
    ("report", "given", "code"),
    [
        (reported(), Settings(), cli.CLEAN),
        (reported(Severity.LOW), Settings(), cli.FOUND),
        (reported(Severity.NOTE), Settings(), cli.CLEAN),
        (reported(Severity.NOTE), Settings(fail_on="note"), cli.FOUND),
        (reported(Severity.MEDIUM), Settings(fail_on="high"), cli.CLEAN),
        (reported(Severity.HIGH), Settings(fail_on="high"), cli.FOUND),
        (reported(undecided=OPEN), Settings(), cli.CLEAN),
        (reported(undecided=OPEN), Settings(strict=True), cli.FOUND),
        (reported(unreadable=UNREADABLE), Settings(), cli.WRONG),
        (reported(unreadable=NO_CONFIGURATION), Settings(), cli.CLEAN),
        (reported(Severity.HIGH, unreadable=UNREADABLE), Settings(), cli.FOUND),
        (reported(Severity.NOTE, unreadable=UNREADABLE), Settings(), cli.WRONG),
        (reported(Severity.HIGH, unreadable=UNREADABLE, broken=BROKEN), Settings(), cli.BUG),
    ],
)
def test_the_exit_code_is_the_verdict(report: Report, given: Settings, code: int) -> None:
    assert cli.verdict(report, given) == code


def test_findings_go_to_standard_output_and_the_rest_to_standard_error(capsys: Shell) -> None:
    emit(reported(Severity.HIGH), [Output("text", None)], color=True, undecided=False)
    said = capsys.readouterr()
    assert said.out.startswith("error[a-fault]: this is wrong\n")
    assert said.err.startswith("\n1 error, 0 warnings")


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_follow_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: Shell, environment: dict[str, str], *, colored: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    emit(reported(Severity.HIGH), [Output("text", None)], color=True, undecided=False)
    assert ("\x1b[" in capsys.readouterr().out) is colored


def test_colours_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, capsys: Shell) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    emit(reported(Severity.HIGH), [Output("text", None)], color=False, undecided=False)
    assert "\x1b[" not in capsys.readouterr().out


def test_a_terminal_takes_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    controller, terminal = os.openpty()
    with os.fdopen(terminal, "w") as stream, os.fdopen(controller):
        monkeypatch.setenv("TERM", "xterm")
        assert takes_color(stream) is True
        monkeypatch.setenv("TERM", "dumb")
        assert takes_color(stream) is False


def test_a_file_never_has_colours(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    emit(reported(Severity.HIGH), [Output("text", "out.txt")], color=True, undecided=False)
    assert "\x1b[" not in (tree / "out.txt").read_text()


def test_a_folder_is_no_file_to_write(tree: Path) -> None:
    with pytest.raises(CannotWrite, match=r"^\.: is a directory"):
        emit(reported(), [Output("json", ".")], color=False, undecided=False)


def test_nothing_is_said_before_all_files_are_written(capsys: Shell) -> None:
    outputs = [Output("text", None), Output("json", "gone/out.json")]
    with pytest.raises(CannotWrite):
        emit(reported(Severity.HIGH), outputs, color=False, undecided=False)
    assert capsys.readouterr().out == ""


def test_explain_shows_the_page_of_a_check(capsys: Shell) -> None:
    assert cli.main(["explain", "bad-ignore"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert said.startswith("An ignore that gives no reason, names no check, or hides nothing\n")
    assert "\nFix\n" in said
    assert all(len(line) <= 80 for line in said.splitlines())


@pytest.mark.parametrize("shell", cli.SHELLS)
def test_every_shell_can_complete(capsys: Shell, shell: str) -> None:
    assert cli.main(["completion", shell]) == cli.CLEAN
    assert "_ROOTLINT_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rootlint che", "plain,check\nplain,checks\n"),
        ("rootlint . --for", "plain,--format\n"),
        ("rootlint check --fail-on h", "plain,high\n"),
    ],
)
def test_commands_and_flags_are_completed(
    monkeypatch: pytest.MonkeyPatch, words: str, found: str
) -> None:
    monkeypatch.setenv("_ROOTLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    with rootlint() as process:
        assert process.stdout
        assert process.stdout.read() == found


def test_an_unexpected_failure_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Shell
) -> None:
    @click.command()
    def failing() -> None:
        raise KeyError("a\nb")

    monkeypatch.setitem(cli.commands.commands, "failing", failing)
    assert cli.main(["failing"]) == cli.BUG
    assert capsys.readouterr().err == (
        "rootlint: this is a bug in rootlint, please report it: KeyError: 'a\\nb' "
        "(ROOTLINT_TRACEBACK=1 shows where)\n"
    )
    monkeypatch.setenv("ROOTLINT_TRACEBACK", "1")
    assert cli.main(["failing"]) == cli.BUG
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["explain bad-ignore", "--format json .", "checks"])
def test_a_closed_pipe_ends_quietly(command: str) -> None:
    with rootlint(*command.split()) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == cli.CLEAN


def test_an_interrupt_ends_with_130(tree: Path) -> None:
    os.mkfifo(tree / "settings.toml")
    waiting = tree / "settings.toml"
    with rootlint("--config", "settings.toml") as process, waiting.open("w"):
        # The pipe opens once rootlint reads it.
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == cli.INTERRUPTED
    assert "Traceback" not in said


def test_nothing_heavy_is_imported_for_the_version() -> None:
    program = "import sys; from rootlint import cli; cli.main(['--version']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    ours = {name for name in done.stdout.split() if name.startswith(("rootlint", "yaml", "tree_"))}
    assert ours <= {"rootlint", "rootlint.cli"}


FIXTURE = Path(__file__).parents[1] / "fixtures" / "root-deny-never-matches" / "bad"
TEMPLATE = (FIXTURE / "example-cloudformation" / "template.yaml").read_text()
DENY = "              StringEquals:"
METADATA = """\
    Metadata:
      rootlint:
        ignore:
          root-deny-never-matches: a test
"""


def test_a_fault_is_found_and_fails(tree: Path, capsys: Shell) -> None:
    (tree / "template.yaml").write_text(TEMPLATE)
    assert cli.main([]) == cli.FOUND
    said = capsys.readouterr()
    assert said.out.startswith("error[root-deny-never-matches]: ")
    assert said.err.startswith("\n1 error, 0 warnings, 0 undecided\n1 file, 1 resource, ")


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE.replace(DENY, f"{DENY} # rootlint: ignore[root-deny-never-matches] a test"),
        TEMPLATE.replace("    Properties:", f"{METADATA}    Properties:", 1),
    ],
)
def test_an_ignore_hides_it_and_is_counted(tree: Path, capsys: Shell, text: str) -> None:
    (tree / "template.yaml").write_text(text)
    assert cli.main([]) == cli.CLEAN
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("0 errors, 0 warnings, 0 undecided, 1 ignored\n")
    assert cli.main(["--isolated"]) == cli.FOUND


def test_the_settings_hide_it_and_are_noted(tree: Path, capsys: Shell) -> None:
    (tree / "template.yaml").write_text(TEMPLATE)
    (tree / "rootlint.toml").write_text('ignore = ["root-deny-never-matches"]\nexclude = ["x/"]\n')
    assert cli.main([]) == cli.CLEAN
    assert capsys.readouterr().err.startswith(
        "note: rootlint.toml:2 leaves out `x/`\n0 errors, 0 warnings, 0 undecided, 1 ignored\n"
    )


def test_selecting_another_check_leaves_it_out(tree: Path, capsys: Shell) -> None:
    (tree / "template.yaml").write_text(TEMPLATE)
    assert cli.main(["--select", "root-access-key,bad-ignore"]) == cli.CLEAN
    assert ", 2 checks, " in capsys.readouterr().err


def test_all_formats_say_the_same(tree: Path, capsys: Shell) -> None:
    (tree / "template.yaml").write_text(TEMPLATE)
    assert cli.main(["--format", "json", "--format", "sarif=out.sarif"]) == cli.FOUND
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    (result,) = json.loads((tree / "out.sarif").read_text())["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (found["check"], found["start"]["line"]) == (result["ruleId"], region["startLine"])
    assert found["fingerprint"] == result["partialFingerprints"]["rootlint/v1"]
