"""Only comments count: not what strings, heredocs and block scalars hold."""

import pytest
import yaml

from rootlint.source import SourceFile
from rootlint.suppress.comments import comments

HCL = """\
# yes 1
a = "x # no" # yes 2
b = "x ${"y // no"} # no" // yes 3
c = "${ { a = "}" } } # no" # yes 4
d = "$${ # no" # yes 5
e = "\\" # no" # yes 6
/* # no
# no */ # yes 7
f = "a quote too many # no
g = 1 # yes 8
h = <<EOT
# no " ${
EOT
i = <<-EOT
  # no
  EOT
j = "${
  k # yes 9
} # no" # yes 10
l = 1 # yes 11 # also 11
"""

YAML = """\
# yes 1
a: value # yes 2
b: http://x#no
c: "x # no" # yes 3
d: 'it''s # no' # yes 4
e: it's # yes 5
f: |
  # no

  # no
g: !Sub | # yes 6
  # no
# yes 7
h:
  - |
    # no
  # yes 8
  - name: >-
      # no
    other: 1 # yes 9
  - - |2-
      # no
    - x # yes 10
i: "several
  # no
  lines" # yes 11
j: {a: "x # no", b: [1, 'y # no'], "c":"z # no"} # yes 12
k: [a, # yes 13
  b, "c
  # no
  "] # yes 14
l:
  !Sub |
  # no
m: a | b # yes 15
"n": "\\" # no" # yes 16
--- |
 # no
...
"""


def found(path: str, text: str) -> list[str]:
    return [comment.text for comment in comments(SourceFile(path, text))]


@pytest.mark.parametrize(("path", "text"), [("a.tf", HCL), ("a.yaml", YAML)])
def test_all_comments_are_found_and_nothing_else(path: str, text: str) -> None:
    said = found(path, text)
    assert not [comment for comment in said if "no" in comment]
    assert len(said) == text.count("yes")


def test_yaml_reads_the_same_without_them() -> None:
    text = YAML.replace("!Sub ", "")
    left = text
    for comment in reversed(list(comments(SourceFile("a.yaml", text)))):
        left = left[: comment.span.start] + left[comment.span.end :]
    assert list(yaml.safe_load_all(left)) == list(yaml.safe_load_all(text))
    assert "yes" not in left


def test_windows_line_ends_change_nothing() -> None:
    for path, text in (("a.tf", HCL), ("a.yaml", YAML)):
        assert found(path, text.replace("\n", "\r\n")) == found(path, text)


def test_json_has_no_comments() -> None:
    assert found("a.json", '{"a": 1} # rootlint: x') == []


def test_json_in_a_template_file_has_strings() -> None:
    assert found("a.template", '{"a":"x # no", "b" : [ "y # no" ]}') == []


def test_a_comment_knows_whether_it_stands_alone() -> None:
    said = [
        (found.line, found.alone) for found in comments(SourceFile("a.tf", "  # a\nb = 1 # c\n"))
    ]
    assert said == [(1, True), (2, False)]


@pytest.mark.parametrize("text", ['"${' * 50_000, "<<A\n" * 50_000, "/*" * 50_000, "}" * 100_000])
def test_hostile_terraform_is_read_in_one_pass(text: str) -> None:
    assert found("a.tf", text) == []


@pytest.mark.parametrize("text", ["[ '" * 50_000, "| " * 50_000, "- " * 50_000, "a: " * 50_000])
def test_hostile_yaml_is_read_in_one_pass(text: str) -> None:
    assert found("a.yaml", text) == []
