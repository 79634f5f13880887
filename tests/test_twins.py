"""Both languages get the same answer: each check that both can express has twins that say the same."""

from pathlib import Path

import pytest

from rootlint.registry import load
from tests.languages import LANGUAGES, declared_by, expressed_in
from tests.test_fixtures import FIXTURES, judged

VERDICTS = ("bad", "good")
EXPRESSED = {check.name: expressed_in(check) for check in load()}
TWINS = sorted(
    (name, verdict)
    for name, languages in EXPRESSED.items()
    for verdict in VERDICTS
    if languages == LANGUAGES
)


def example(name: str, verdict: str, language: str) -> Path:
    return FIXTURES / name / verdict / f"example-{language}"


def test_each_language_that_can_express_a_check_has_its_examples() -> None:
    missing = [
        f"{language} declares what {name} asks about: add {path.relative_to(FIXTURES.parent)}/"
        for name, languages in EXPRESSED.items()
        for language in languages
        for verdict in VERDICTS
        if not (path := example(name, verdict, language)).is_dir()
    ]
    assert not missing


@pytest.mark.parametrize(("name", "verdict"), TWINS)
def test_twins_say_the_same(name: str, verdict: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for language in LANGUAGES:
        report = judged(example(name, verdict, language), monkeypatch)
        said.append(
            [(found.violation.message, found.violation.proof.lines()) for found in report.findings]
        )
    assert said[0] == said[1]
    assert bool(said[0]) is (verdict == "bad")


def test_the_vocabularies_say_which_language_can_express_what() -> None:
    terraform, cloudformation = map(declared_by, LANGUAGES)
    assert "AccessPolicy" in terraform & cloudformation
    assert "Trail" in terraform & cloudformation
    # CloudFormation has no resource for centralized root access, and enables no type of policy.
    assert {"RootFeatures", "Organization.policy_types"} <= terraform - cloudformation
    assert "Organization.feature_set" in terraform & cloudformation
