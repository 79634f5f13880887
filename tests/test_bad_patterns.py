"""What a user sees of a hostile filter or event pattern: one clear word each, and never a traceback."""

import json
from pathlib import Path

import pytest

from rootlint import cli

FILTER = """
resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root"
  log_group_name = "trail"
  pattern        = PATTERN

  metric_transformation {
    name      = "Root"
    namespace = "Security"
    value     = "1"
  }
}
"""
RULE = """
resource "aws_cloudwatch_event_rule" "root" {
  name          = "root"
  event_pattern = PATTERN
}
"""
ROOT = '$.userIdentity.type = "Root"'
REJECTED = "CloudWatch Logs rejects the pattern: "
MISSES, RULE_MISSES = "[root-pattern-misses-events]", "[root-event-rule-misses-events]"


def either(depth: int) -> str:
    """`$or` within `$or`, around a comparison with root."""
    inner, more = '{"userIdentity": {"type": ["Root"]}}', '{"eventName": ["ConsoleLogin"]}'
    begin, end = '{"$or": [' * depth, f", {more}]}}" * depth
    return f'{{"detail": {begin}{inner}{end}}}'


# A pattern, the check that speaks of it, and what is said.
TABLE: dict[str, tuple[str, str, str, str]] = {
    "a megabyte": (
        FILTER,
        f"{{ {ROOT} || $.a = {'x' * 1_000_000} }}",
        MISSES,
        "block is too large",
    ),
    "ten thousand parentheses": (
        FILTER,
        f"{{ {'(' * 10_000}{ROOT}{')' * 10_000} }}",
        MISSES,
        REJECTED + "20,032 characters; AWS accepts 1,024",
    ),
    "parentheses that are not closed": (
        FILTER,
        f"{{ {'(' * 900}{ROOT} }}",
        MISSES,
        REJECTED + "the parenthesis is not closed",
    ),
    "a group in a regular expression": (
        FILTER,
        f"{{ {ROOT} && $.eventName = %(a+)+$% }}",
        MISSES,
        REJECTED + "`(` is not supported in a regular expression",
    ),
    "a regular expression of many repetitions": (
        FILTER,
        f"{{ {ROOT} && $.eventName = %^{'a*' * 300}b$% }}",
        MISSES,
        "where the event has",
    ),
    "a regular expression that runs long elsewhere": (
        FILTER,
        f"{{ {ROOT} && $.eventName = %^{'[a-zA-Z]*' * 80}7$% }}",
        MISSES,
        "the event has",
    ),
    "no JSON": (RULE, "userIdentity: Root", RULE_MISSES, "the pattern needs a JSON object"),
    "JSON that ends early": (RULE, either(3)[:-1], RULE_MISSES, "the pattern needs a JSON object"),
    "a list of patterns": (
        RULE,
        '[{"detail": {"userIdentity": {"type": ["Root"]}}}]',
        RULE_MISSES,
        "the pattern needs an object",
    ),
    "a list where an object belongs": (
        RULE,
        '{"detail": {"userIdentity": [{"type": ["Root"]}]}}',
        RULE_MISSES,
        '[{"type":["Root"]}]` where the event has',
    ),
    "a text where a list belongs": (
        RULE,
        '{"detail": {"userIdentity": {"type": "Root"}}}',
        RULE_MISSES,
        "EventBridge rejects the pattern: `detail.userIdentity.type` needs a list",
    ),
    "$or in $or": (RULE, either(12), "[root-alarm-without-live-action]", "it has no target"),
    "$or in $or, too deep": (RULE, either(60), RULE_MISSES, "JSON nested deeper than 100"),
    "$or in $or, too long": (RULE, either(4_000), RULE_MISSES, "the pattern is too long"),
    "a wildcard of many stars": (
        RULE,
        json.dumps({"detail": {"userIdentity": {"arn": [{"wildcard": "*a" * 900 + ":root"}]}}}),
        RULE_MISSES,
        'the event has "arn:aws:iam::111122223333:root"',
    ),
}


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", TABLE)
def test_a_hostile_pattern_is_told_in_a_clear_word(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, pattern, check, said = TABLE[name]
    quoted = json.dumps(pattern).replace("%{", "%%{")
    Path("main.tf").write_text(file.replace("PATTERN", quoted), encoding="utf-8")
    code = cli.main(["check", "--undecided", "."])
    told = " ".join(capsys.readouterr().out.split())
    assert code in {0, 1, 2}
    assert check in told
    assert said in told
