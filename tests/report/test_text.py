"""The report for a terminal, to the character."""

import io
import re

import pytest

from rootlint.finding import Broken, Report, Severity
from rootlint.report.screen import width
from rootlint.report.text import write
from rootlint.source import SourceFile, Span, Unreadable
from tests.making import Shown, Text, a_check
from tests.report.test_screen import KEY_ID

SCP = (
    "".join(f"# {number}\n" for number in range(1, 12))
    + """\
  condition {

    test     = "StringEquals"

    values   = ["arn:aws:iam::*:root"]
  }
"""
)


def shown(report: Report, **options: object) -> str:
    out = io.StringIO()
    write(report, out, io.StringIO(), **options)  # type: ignore[arg-type]  # options are mixed
    return out.getvalue()


def closing(report: Report, **options: object) -> str:
    err = io.StringIO()
    write(report, io.StringIO(), err, **options)  # type: ignore[arg-type]  # options are mixed
    return err.getvalue()


def example() -> Report:
    text = Text(org__scp_tf=SCP)
    found = text.finding(
        "org/scp.tf",
        '"StringEquals"',
        a_check("root-deny-never-matches", Severity.CRITICAL),
        message="this deny never applies to the root user",
        seen="compares `*` literally",
        proof=Shown(
            "request",
            (
                "iam:CreateAccessKey",
                "by arn:aws:iam::111122223333:root, long-term key → allowed",
            ),
        ),
        fix="use ArnLike with arn:*:iam::*:root",
        related=(
            text.label("org/scp.tf", '"arn:aws:iam::*:root"', "matches no principal"),
            text.label("org/scp.tf", "condition {", ""),
        ),
    )
    undecided = (text.open("org/scp.tf", "condition"),) * 3
    return text.report(found, undecided=undecided, files=214, resources=61, seconds=0.187)


def test_a_finding_looks_as_promised() -> None:
    assert (
        shown(example())
        == """\
error[root-deny-never-matches]: this deny never applies to the root user
  ┌─ org/scp.tf:14:16
12 │   condition {
14 │     test     = "StringEquals"
   │                ^^^^^^^^^^^^^^ compares `*` literally
16 │     values   = ["arn:aws:iam::*:root"]
   │                 --------------------- matches no principal
   = request: iam:CreateAccessKey
              by arn:aws:iam::111122223333:root, long-term key → allowed
   = fix: use ArnLike with arn:*:iam::*:root
   = more: rootlint explain root-deny-never-matches
"""
    )


def test_ascii_where_the_terminal_shows_no_boxes() -> None:
    said = shown(example(), encoding="ascii")
    assert said.isascii()
    assert said.splitlines()[1:4] == [
        "  --> org/scp.tf:14:16",
        "12 |   condition {",
        '14 |     test     = "StringEquals"',
    ]
    assert "long-term key -> allowed" in said


def test_the_run_is_summed_up_in_two_lines() -> None:
    assert (
        closing(example())
        == """\

1 error, 0 warnings, 3 undecided (--undecided)
214 files, 61 resources, 1 check, 0.19 s
"""
    )


def test_what_was_hidden_is_said() -> None:
    report = Text().report(ignored=2, baseline=1, notes=("rootlint.toml:1 leaves out `x`",))
    assert (
        closing(report)
        == """\
note: rootlint.toml:1 leaves out `x`
0 errors, 0 warnings, 0 undecided, 2 ignored, 1 in the baseline
0 files, 0 resources, 0 checks, 0.00 s
"""
    )


def test_colours_are_there_only_on_request() -> None:
    plain, colored = shown(example()), shown(example(), color=True)
    assert "\x1b" not in plain
    assert colored.startswith("\x1b[1;31merror[root-deny-never-matches]\x1b[0m")
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "note"),
        (Severity.NOTE, "note"),
    ],
)
def test_severities_have_levels(severity: Severity, level: str) -> None:
    text = Text(a_tf="x")
    report = text.report(text.finding("a.tf", "x", a_check(severity=severity)))
    assert shown(report).startswith(f"{level}[a-fault]")


def test_notes_are_counted_where_there_are_some() -> None:
    text = Text(a_tf="x")
    report = text.report(text.finding("a.tf", "x", severity=Severity.LOW))
    assert "0 errors, 0 warnings, 1 note, 0 undecided\n" in closing(report)


def test_places_in_other_files_are_named() -> None:
    text = Text(a_tf="x", m__b_tf="module {")
    label = text.label("m/b.tf", "{", "called here")
    report = text.report(text.finding("a.tf", "x", related=(label,)))
    assert "  = see: m/b.tf:1:8 called here\n" in shown(report)


def test_reasons_and_units_are_named() -> None:
    text = Text(a_tf="x")
    found = text.finding("a.tf", "x", because=("one", "two"), units=("org", "prod"))
    assert """\
  = because: one
             two
  = in: org, prod
  = fix: mend it
""" in shown(text.report(found))


def test_findings_are_set_apart_by_a_line() -> None:
    text = Text(a_tf="x")
    found = text.finding("a.tf", "x")
    said = shown(text.report(found, found))
    assert said.count("\n\n") == 1
    assert not said.endswith("\n\n")


def test_nothing_found_prints_nothing() -> None:
    assert shown(Text().report()) == ""
    assert closing(Text().report()).startswith("0 errors")


def wide_as(said: str) -> int:
    return max(width(line) for line in said.splitlines())


def test_a_long_line_is_cut_around_the_caret() -> None:
    text = Text(a_tf="b" * 300 + "HERE" + "c" * 300)
    lines = shown(text.report(text.finding("a.tf", "HERE", seen="there"))).splitlines()
    assert lines[2] == "1 │ …" + "b" * 24 + "HERE" + "c" * 46 + "…"
    assert lines[3] == "  │ " + " " * 25 + "^^^^ there"


def test_a_line_of_ten_million_characters_is_cut_too() -> None:
    text = Text(a_tf="b" * 5_000_000 + "HERE" + "c" * 5_000_000)
    found = [text.finding("a.tf", "HERE")] * 50
    assert wide_as(shown(text.report(*found))) == 80


def test_half_a_wide_character_is_not_shown() -> None:
    for tail in ("", "b", "bb"):
        text = Text(a_tf="日" * 200 + "HERE" + tail)
        lines = shown(text.report(text.finding("a.tf", "HERE"))).splitlines()
        before = lines[2][: lines[2].index("HERE")]
        assert width(before) == lines[3].index("^")
        assert wide_as("\n".join(lines)) <= 80


def test_a_long_label_is_wrapped_beside_its_mark() -> None:
    text = Text(a_tf="a = 1")
    said = shown(text.report(text.finding("a.tf", "a", seen="word " * 30)))
    assert said.splitlines()[3].startswith("  │ ^ word word")
    assert said.splitlines()[4].startswith("  │   word word")
    assert wide_as(said) <= 80


def test_a_label_without_room_goes_below_its_mark() -> None:
    text = Text(a_tf=" " * 60 + "HERE")
    lines = shown(text.report(text.finding("a.tf", "HERE", seen="word " * 8))).splitlines()
    assert lines[3] == "  │ " + " " * 60 + "^^^^"
    assert lines[4].strip("│ ").startswith("word")
    assert wide_as("\n".join(lines)) <= 80


def test_a_label_goes_below_its_mark_before_a_word_of_it_is_torn() -> None:
    text = Text(a_tf=" " * 46 + "HERE")
    lines = shown(text.report(text.finding("a.tf", "HERE", seen="lacks " + "w" * 26))).splitlines()
    assert lines[3] == "  │ " + " " * 46 + "^^^^"
    assert lines[4].strip("│ ") == "lacks " + "w" * 26


def test_messages_reasons_and_fixes_are_wrapped() -> None:
    text = Text(a_tf="x")
    long = "a long word or two " * 12
    found = text.finding(
        "a.tf", "x", message=long, because=(long,), fix=long, proof=Shown(said=(long, "b" * 200))
    )
    assert wide_as(shown(text.report(found))) <= 80


def test_tabs_and_wide_characters_keep_the_caret_in_place() -> None:
    text = Text(a_tf="\t日本 = HERE")
    lines = shown(text.report(text.finding("a.tf", "HERE"))).splitlines()
    assert lines[2] == "1 │     日本 = HERE"
    assert lines[3] == "  │            ^^^^"


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = Text(a_tf="a = \x1b[2J\u202e HERE")
    said = shown(text.report(text.finding("a.tf", "HERE", message="\x1b]0;x\x07")))
    assert "\x1b" not in said
    assert "\u202e" not in said
    lines = said.splitlines()
    assert lines[2].index("HERE") == lines[3].index("^")


def test_credentials_are_masked_and_underlined() -> None:
    text = Text(a_tf=f'access_key = "{KEY_ID}" # x')
    lines = shown(text.report(text.finding("a.tf", KEY_ID, message=f"{KEY_ID} is here")))
    assert KEY_ID not in lines
    assert '1 │ access_key = "AKIA…WXYZ" # x\n  │               ^^^^^^^^^' in lines


def test_a_mark_over_several_lines_ends_with_the_first() -> None:
    text = Text(a_tf="block {  \n  x = 1\n}\n")
    found = text.finding("a.tf", "block {  \n  x = 1\n}")
    assert "1 │ block {\n  │ ^^^^^^^\n" in shown(text.report(found))


def test_two_marks_in_one_line_have_a_line_each() -> None:
    text = Text(a_tf="a = b")
    found = text.finding("a.tf", "b", seen="this", related=(text.label("a.tf", "a", "that"),))
    assert "1 │ a = b\n  │     ^ this\n  │ - that\n" in shown(text.report(found))


def test_an_empty_span_has_one_caret() -> None:
    text = Text(a_tf="abc")
    found = text.finding("a.tf", "")
    assert "1 │ abc\n  │ ^\n" in shown(text.report(found))


def test_a_span_past_the_end_is_at_the_end() -> None:
    text = Text(a_tf="abc")
    found = text.finding("a.tf", "abc", related=())
    span = Span("a.tf", 90, 99)
    moved = type(found.violation)(span, "m", found.violation.proof, "f")
    later = type(found)(found.check, found.resource, moved, "f", ("u",))
    assert "a.tf:1:4\n1 │ abc\n  │    ^\n" in shown(text.report(later))


def test_a_file_that_is_gone_has_no_excerpt() -> None:
    text = Text(a_tf="abc")
    report = text.report(text.finding("a.tf", "abc"))
    text.sources.add(SourceFile("a.tf", "abc"))
    gone = Report(type(text.sources)(), findings=report.findings)
    assert shown(gone).splitlines()[1] == "  ┌─ a.tf"


def test_a_long_path_is_wrapped() -> None:
    text = Text()
    path = "/".join(["folder"] * 20)
    text.sources.add(SourceFile(path, "x"))
    lines = shown(text.report(text.finding(path, "x"))).splitlines()
    assert lines[1].startswith(" ┌─ folder/folder/")
    assert lines[2].startswith("    folder/")
    assert wide_as("\n".join(lines)) <= 80


def test_open_questions_are_listed_on_request() -> None:
    text = Text(a_tf="x = y", v_tf='variable "targets" {}')
    why = text.unknown("v.tf", '"targets"')
    report = text.report(
        undecided=(text.open("a.tf", "x", None, why), text.open("a.tf", "y", None, why))
    )
    assert shown(report) == ""
    assert (
        shown(report, undecided=True)
        == """\
undecided[a-fault]: is this wrong?
  ┌─ a.tf:1:1
  ┌─ a.tf:1:5
   = because: variable without a value: var.targets (v.tf:1:10)
"""
    )
    assert "2 undecided\n" in closing(report, undecided=True)


def test_what_could_not_be_read_is_named_with_its_place() -> None:
    text = Text(a_tf="x = \n{")
    report = text.report(
        unreadable=(
            Unreadable("a.tf", "unclosed brace", text.at("a.tf", "{"), partial=True),
            Unreadable("b.tf", "no such file"),
        )
    )
    assert (
        shown(report)
        == """\
unreadable: a.tf:2:1: unclosed brace (the rest of it was read)
unreadable: b.tf: no such file
"""
    )
    assert "2 unreadable\n" in closing(report)


def test_our_own_bugs_are_named() -> None:
    report = Text().report(broken=(Broken("a-fault", "aws_x.y", "the check crashed"),))
    assert shown(report) == (
        "bug[a-fault]: the check crashed, about `aws_x.y`: please report this bug of\n"
        "              rootlint\n"
    )
    assert "1 bug of rootlint\n" in closing(report)


def test_the_carets_of_a_proof_are_not_wrapped() -> None:
    wide = f"  {'日' * 30}end"
    text = Text(a_tf="x\n")
    proof = Shown("event", ("→ no match", wide, f"{' ' * 32}^^^"))
    found = text.finding("a.tf", "x", proof=proof)
    lines = shown(text.report(found)).splitlines()
    at = next(number for number, line in enumerate(lines) if "日" in line)
    assert lines[at + 1].index("^") == width(lines[at].partition("end")[0])
    assert lines[at + 1].strip() == "^^^"
