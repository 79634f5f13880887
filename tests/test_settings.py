"""rootlint.toml and [tool.rootlint]: what is read, where it is looked for, and what is said of mistakes."""

from pathlib import Path

import pytest

from rootlint.settings import BadSettings, IgnoreRule, Named, Settings, load, nearest


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(text: str) -> str:
    Path("rootlint.toml").write_text(text)
    with pytest.raises(BadSettings) as caught:
        load()
    return str(caught.value)


def test_without_a_file_the_defaults_hold(tree: Path) -> None:
    assert load() == Settings()
    assert Settings().fail_on == "low"


def test_every_key_is_read(tree: Path) -> None:
    (tree / "rootlint.toml").write_text("""\
select = ["root-access-key"]
ignore = ["mfa-seed-in-state"]
exclude = ["tests/**"]
fail-on = "high"
region = "eu-west-1"
partition = "aws-cn"
strict = true
undecided = true
alarms.elsewhere = true
[trails]
elsewhere = true
[[ignores]]
check = "iam-user-named-root"
reason = "a test user"
path = "sandbox/*"
resource = "aws_iam_user.*"
""")
    found = load()
    assert found.shown == (Named("root-access-key", "rootlint.toml:1"),)
    assert found.hushed == (Named("mfa-seed-in-state", "rootlint.toml:2"),)
    assert found.exclude == ("tests/**",)
    assert (found.fail_on, found.region, found.partition) == ("high", "eu-west-1", "aws-cn")
    assert (found.strict, found.undecided) == (True, True)
    assert (found.alarms_elsewhere, found.trails_elsewhere) == (True, True)
    rule = found.ignores[0]
    assert rule == IgnoreRule(
        "iam-user-named-root", "a test user", "sandbox/*", "aws_iam_user.*", rule.span
    )


def test_what_the_file_leaves_out_is_noted(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('exclude = ["a", "b"]\nalarms.elsewhere = true\n')
    assert load().notes == (
        "rootlint.toml:1 leaves out `a`, `b`",
        "rootlint.toml:2 says that root alarms are kept elsewhere",
    )


def test_pyproject_is_read_where_it_has_the_table(tree: Path) -> None:
    (tree / "pyproject.toml").write_text('[tool.rootlint]\nregion = "eu-west-1"\n')
    assert load().region == "eu-west-1"


def test_pyproject_without_the_table_is_passed_over(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / "rootlint.toml").write_text("strict = true")
    below = tree / "org"
    below.mkdir()
    (below / "pyproject.toml").write_text("[project]\n")
    with pytest.MonkeyPatch.context() as at:
        at.chdir(below)
        assert load().path == "../rootlint.toml"


def test_nothing_above_the_work_tree_is_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "rootlint.toml").write_text("strict = true")
    (tree / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tree / "repository")
    assert load().strict is False


def test_outside_a_work_tree_only_the_working_directory_counts(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "rootlint.toml").write_text("strict = true")
    (tree / "below").mkdir()
    monkeypatch.chdir(tree / "below")
    assert load().strict is False


def test_isolated_looks_for_nothing(tree: Path) -> None:
    (tree / "rootlint.toml").write_text("strict = true")
    assert load(isolated=True) == Settings(isolated=True)


def test_a_named_file_is_read_even_when_isolated(tree: Path) -> None:
    (tree / "mine.toml").write_text("strict = true")
    found = load("mine.toml", isolated=True)
    assert (found.strict, found.isolated) == (True, True)


def test_a_named_file_must_exist(tree: Path) -> None:
    with pytest.raises(BadSettings, match=r"gone\.toml: no such file or directory"):
        load("gone.toml")


def test_patterns_of_a_folder_above_hold_below_it(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / ".git").mkdir()
    patterns = '["*.yaml", "org/prod/*.tf", "/org/x", "stage/x", "org", "**/y", "o*/z"]'
    (tree / "rootlint.toml").write_text(f"exclude = {patterns}")
    (tree / "org").mkdir()
    monkeypatch.chdir(tree / "org")
    assert load().exclude == ("*.yaml", "/prod/*.tf", "/x", "org", "**/y", "/z")


def test_an_unknown_key_is_an_error_with_the_nearest_right_one(tree: Path) -> None:
    said = complaint('strict = true\nselects = ["x"]\n')
    assert said == "rootlint.toml:2: no setting is called `selects`: did you mean `select`?"


def test_an_unknown_key_of_an_ignore_is_found_in_the_right_one(tree: Path) -> None:
    said = complaint('[[ignores]]\ncheck = "a"\n\n[[ignores]]\ncheck = "b"\nresaon = "c"\n')
    assert said == "rootlint.toml:6: no setting is called `resaon`: did you mean `reason`?"


def test_an_unknown_key_of_pyproject_has_its_line(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[project]\nx = 1\n[tool.rootlint]\nstrick = true\n")
    with pytest.raises(BadSettings, match=r"^pyproject.toml:4: no setting is called `strick`"):
        load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("strict = 1", "`strict` should be true or false"),
        ('select = "x"', "`select` should be a list of check names"),
        ("exclude = [1]", "`exclude` should be a list of patterns, as in a .gitignore"),
        ('fail_on = "bad"', "`fail_on` should be one of critical, high, medium, low, note"),
        ('region = "Ireland"', "`region` should be the name of a Region, such as eu-west-1"),
        ("alarms = true", "`alarms` should be a table of `elsewhere`, true or false"),
        ("alarms.elsewhere = 1", "`alarms` should be a table of `elsewhere`, true or false"),
        ("[[ignores]]", "an ignore needs `check`, the name of a check"),
        ("ignores = [1]", "`ignores.0` should be a table"),
        ('[[ignores]]\ncheck = ""', "`check` should be the name of a check"),
    ],
)
def test_a_wrong_value_says_what_it_should_be(tree: Path, text: str, said: str) -> None:
    assert complaint(text).endswith(f": {said}")


def test_a_table_of_the_wrong_kind_is_no_traceback(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("tool = 1 # [tool.rootlint]\n")
    with pytest.raises(BadSettings, match=r"`tool\.rootlint` should be a table"):
        load()


def test_broken_toml_says_where(tree: Path) -> None:
    assert complaint("a = ").startswith("rootlint.toml: invalid value (at ")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "\xff\x00", "x" * 500_001])
def test_hostile_text_is_refused(tree: Path, text: str) -> None:
    assert complaint(text).startswith("rootlint.toml: ")


def test_a_key_of_many_parts_is_cheap(tree: Path) -> None:
    assert complaint("a" + ".a" * 200_000 + " = 1") == (
        "rootlint.toml: a line holds more than 200 dots"
    )


def test_flags_win_over_the_file(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('select = ["a"]\nexclude = ["x"]\nfail-on = "high"\n')
    found = load().with_options(select=["b"], exclude=["y"], fail_on="note")
    assert (found.select, found.shown) == (("b",), ())
    assert (found.exclude, found.fail_on) == (("x", "y"), "note")


def test_flags_that_are_not_given_change_nothing(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('select = ["a"]\nstrict = true\nregion = "eu-west-1"\n')
    assert load().with_options() == load()


def test_no_word_is_suggested_where_none_is_near() -> None:
    assert nearest("zzzz", ["select", "ignore"]) == ""


def test_a_wrong_flag_says_what_it_should_be() -> None:
    with pytest.raises(BadSettings, match="`--region` should be the name of a Region"):
        Settings().with_options(region="Ireland")


def test_files_of_variables_are_those_beside_the_settings(tree: Path) -> None:
    (tree / "deep").mkdir()
    (tree / "deep/settings.toml").write_text(
        '[terraform]\nvar-files = ["env/prod.tfvars", "x.tfvars"]\nworkspace = "prod"\n'
    )
    found = load("deep/settings.toml").with_options(var_files=("y.tfvars",))
    assert found.var_files == ("deep/env/prod.tfvars", "deep/x.tfvars", "y.tfvars")
    assert found.workspace == "prod"


def test_an_unknown_word_of_terraform_is_refused(tree: Path) -> None:
    assert "did you mean `workspace`?" in complaint('[terraform]\nworkspac = "x"\n')
