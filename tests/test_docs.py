"""Pages of checks: what is in them, and that those of the repository are up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rootlint.check import AnyCheck, Control, Estate, Outcome, Trail
from rootlint.docs import NoSources, functions, index, listing, page_of, render, stale, write
from rootlint.finding import Group, Severity
from rootlint.registry import BAD_IGNORE, load
from rootlint.report.screen import Screen
from tests.making import a_check

ROOT = Path(__file__).parents[1]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "checks" / "pages").mkdir(parents=True)
    (tmp_path / "fixtures").mkdir()
    return tmp_path


def case(tree: Path, path: str, text: str) -> None:
    file = tree / "fixtures" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def of_pack(pack: str) -> AnyCheck:
    """A check that passes for one of that pack."""

    def run(subject: Trail, estate: Estate) -> Iterator[Outcome]:
        yield from ()

    run.__module__ = f"{pack}.a_fault"
    return a_check(run=run)


def ours() -> AnyCheck:
    return of_pack("rootlint_checks")


def test_the_pages_of_the_repository_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert stale(load()) == [], "run `rootlint docs`"


def test_a_page_holds_the_examples_and_what_is_said_of_them(tree: Path) -> None:
    case(tree, "a-fault/bad/example-terraform/main.tf", "a = 1\n")
    case(tree, "a-fault/bad/example-terraform/expected.txt", "error[a-fault]: …\n")
    case(tree, "a-fault/bad/example-terraform/org/x.json", "{}")
    case(tree, "a-fault/bad/another-situation/main.tf", "not shown")
    case(tree, "a-fault/good/example-terraform/main.tf", "```\n")
    case(tree, "a-fault/unknown/example-terraform/main.tf", "a = var.a\n")
    case(tree, "a-fault/unknown/example-zzz/main.tf", "not shown")
    check = a_check(controls=(Control("CIS 7.0", "5.3"),), aliases=("old-fault",))
    assert (
        render(check, tree / "fixtures")
        == """\
# Something is wrong

| | |
|---|---|
| Check | `a-fault` |
| Severity | high |
| Group | alarms |
| Since | 0.1.0 |
| Controls | CIS 7.0 5.3 |
| Former names | `old-fault` |

It is wrong because.

## Fix

Mend it.

## Caught

`main.tf`:

```hcl
a = 1
```

`org/x.json`:

```json
{}
```

rootlint says:

```text
error[a-fault]: …
```

## Passes

`main.tf`:

````hcl
```
````

## Undecided

`main.tf`:

```hcl
a = var.a
```

## References

- <https://docs.aws.amazon.com/>
"""
    )


def test_a_page_without_examples_has_no_such_sections() -> None:
    assert "## Caught" not in render(BAD_IGNORE)


def test_a_check_without_a_page_speaks_for_itself() -> None:
    assert page_of(a_check()).startswith("# Something is wrong\n")


def test_writing_brings_all_pages_up_to_date(tree: Path) -> None:
    gone = tree / "checks" / "pages" / "gone.md"
    gone.touch()
    assert write([ours()]) == [
        "checks/FUNCTIONS.md",
        "checks/README.md",
        "checks/pages/a-fault.md",
        "checks/pages/gone.md",
    ]
    assert not gone.exists()
    assert stale([ours()]) == []
    assert write([ours()]) == []


def test_a_page_that_was_changed_is_stale(tree: Path) -> None:
    write([ours()])
    (tree / "checks" / "pages" / "a-fault.md").write_text("changed")
    assert stale([ours()]) == ["checks/pages/a-fault.md"]


def test_the_checks_of_others_have_their_own_pages(tree: Path) -> None:
    assert write([of_pack("their_pack")]) == ["checks/FUNCTIONS.md", "checks/README.md"]


def test_the_table_of_functions_says_why_one_is_not_worked_out() -> None:
    rows = functions().splitlines()
    assert "| `merge` | yes |" in rows
    assert "| `timestamp` | it is the time of the run |" in rows


def test_outside_of_a_repository_of_checks_there_is_nothing_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSources):
        write([ours()])


def test_the_index_is_by_group() -> None:
    checks = [a_check("b-fault", group=Group.KEYS), a_check(severity=Severity.LOW)]
    assert (
        index(checks)
        == """\
# Checks

Written by `rootlint docs` from the checks and their fixtures: change those.

## alarms

| check | severity | fault |
|---|---|---|
| [a-fault](pages/a-fault.md) | low | Something is wrong |

## keys

| check | severity | fault |
|---|---|---|
| [b-fault](pages/b-fault.md) | high | Something is wrong |
"""
    )


def test_the_listing_fits_a_terminal() -> None:
    check = a_check(doc="word " * 40 + "\n\n## Fix\n\nx")
    said = list(listing([check], Screen()))
    assert said[0] == "a-fault  high  alarms"
    assert all(len(line) <= 80 for line in said)
