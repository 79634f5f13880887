"""Input that is made to be slow, large or endless: it ends, says one clear line, and loses nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

KEY = 'resource "aws_iam_access_key" "%s" {\n  user = "root"\n}\n'
TOPIC = 'resource "aws_sns_topic" "t" {\n  name = %s\n}\n'
MANY = 100_000
LARGE = "x" * 50_000_000
DEEP = "nested so deep"
LARGEST_MEMORY = 200_000_000
KILLED_AFTER = 30  # seconds of work: a word against a machine that hangs

Files = dict[str, str]


def local(value: str) -> str:
    return f"locals {{\n  x = {value}\n}}\n" + TOPIC % "local.x"


def nested(opening: str, closing: str) -> str:
    return opening * MANY + "1" + closing * MANY


def main(text: str) -> Files:
    """Keys before and after a text, both of which must be found."""
    return {"main.tf": KEY % "before" + text + KEY % "after"}


def of_json(text: str) -> Files:
    return {"x.tf.json": text, **main("")}


def wrapped(text: str) -> Files:
    return {
        "live/terragrunt.hcl": 'terraform {\n  source = "../m"\n}\n' + text,
        "m/main.tf": 'variable "x" {}\n' + TOPIC % "var.x" + KEY % "before" + KEY % "after",
    }


def variables(text: str) -> Files:
    return {"terraform.tfvars": text, **main('variable "x" {}\n' + TOPIC % "var.x")}


PLAN = '{"format_version": "1.2", "planned_values": {}, "variables": {"x": {"value": %s}}'

# What is scanned, and what is said of it; "" where all of it is read.
HOSTILE: dict[str, tuple[Callable[[], Files], str]] = {
    "instances": (
        lambda: main('resource "aws_sns_topic" "t" {\n  count = 100000000\n}\n'),
        "so many instances are not worked out",
    ),
    "a local value of itself": (
        lambda: main("locals {\n  a = local.a\n}\n" + TOPIC % "local.a"),
        "`local.a` depends on itself",
    ),
    "a ring of local values": (
        lambda: main("locals {\n  a = local.b\n  b = [local.a]\n}\n" + TOPIC % "local.a"),
        "depends on itself",
    ),
    "a ring of modules": (
        lambda: {
            **main('module "a" {\n  source = "./a"\n}\n'),
            "a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
            "b/main.tf": 'module "a" {\n  source = "../a"\n}\n' + TOPIC % '"t"',
        },
        "calls a module that calls it",
    ),
    "square brackets": (lambda: main(local(nested("[", "]"))), DEEP),
    "round brackets": (lambda: main(local(nested("(", ")"))), DEEP),
    "braces": (lambda: main(local(nested("{", "}"))), "nested too deep"),
    "objects": (lambda: main(local(nested("{a=", "}"))), "nested too deep"),
    "templates": (lambda: main(local(nested('"${', '}"'))), "nested too deep"),
    "brackets that are open": (lambda: main(local("[" * MANY)), "text that cannot be read"),
    "templates that are open": (lambda: main(local('"${' * 8_000)), "nested too deep"),
    "directives that are open": (lambda: main(local('"' + "%{if " * 8_000)), "nested too deep"),
    "heredocs that are open": (
        lambda: main("locals {\n" + "".join(f"  x{n} = <<A{n}\n" for n in range(8_000)) + "}\n"),
        "is not closed",
    ),
    "comments that are open": (
        lambda: {**main("/* " * 8_000), "other.tf": KEY % "other"},
        "comment is not closed",
    ),
    "a file": (
        lambda: {"large.tf": "# " + LARGE + TOPIC, **main("")},
        "too large: 50,000,",
    ),
    "JSON: instances": (
        lambda: of_json('{"resource": {"aws_sns_topic": {"t": {"count": 100000000}}}}'),
        "so many instances are not worked out",
    ),
    "JSON: brackets": (
        lambda: of_json('{"locals": {"x": ' + nested("[", "]") + "}}"),
        "nested deeper than 100",
    ),
    "JSON: brackets that are open": (
        lambda: of_json('{"locals": {"x": ' + "[" * MANY),
        "nested deeper than 100",
    ),
    "JSON: templates that are open": (
        lambda: of_json(json.dumps({"locals": {"x": "${" * 8_000}})),
        "template that cannot be read",
    ),
    "JSON: a local value of itself": (
        lambda: {
            **of_json('{"locals": {"x": "${local.x}"}}'),
            "t.tf": TOPIC % "local.x",
        },
        "`local.x` depends on itself",
    ),
    "JSON: a file": (lambda: of_json('{"locals": {"x": "' + LARGE + '"}}'), "too large: 50,000,"),
    "variables: brackets": (lambda: variables("x = " + nested("[", "]") + "\n"), DEEP),
    "variables: brackets that are open": (
        lambda: variables("x = " + "[" * MANY + "\n"),
        "text that cannot be read",
    ),
    "variables: templates that are open": (
        lambda: variables("x = " + '"${' * 8_000 + "\n"),
        "text that cannot be read",
    ),
    "variables: a file": (lambda: variables('x = "' + LARGE + '"\n'), "too large: 50,000,"),
    "plan: brackets": (
        lambda: {"plan.json": PLAN % nested("[", "]") + "}", **main("")},
        "no JSON, although it looks like a plan",
    ),
    "plan: brackets that are open": (
        lambda: {"plan.json": PLAN % ("[" * MANY), **main("")},
        "no JSON, although it looks like a plan",
    ),
    "Terragrunt: brackets": (lambda: wrapped(f"inputs = {{ x = {nested('[', ']')} }}\n"), DEEP),
    "Terragrunt: brackets that are open": (
        lambda: wrapped(f"inputs = {{ x = {'[' * MANY}\n"),
        "text that cannot be read",
    ),
    "Terragrunt: templates that are open": (
        lambda: wrapped("inputs = { x = " + '"${' * 8_000 + " }\n"),
        "text that cannot be read",
    ),
    "Terragrunt: a local value of itself": (
        lambda: wrapped("locals {\n  a = local.a\n}\ninputs = { x = local.a }\n"),
        "",
    ),
    "Terragrunt: files that read one another": (
        lambda: wrapped(
            'locals {\n  a = read_terragrunt_config("terragrunt.hcl")\n}\n'
            "inputs = { x = local.a.locals.a.locals.a }\n"
        ),
        "",
    ),
    "Terragrunt: a file": (lambda: wrapped("# " + LARGE), "too large: 50,000,"),
}


# The peak that the kernel hands to a parent counts the parent's own memory at the fork.
PROGRAM = """
import atexit, sys
from rootlint.cli import main

def peak():
    with open("/proc/self/status") as file:
        sys.stderr.write(next(line for line in file if line.startswith("VmHWM:")))

atexit.register(peak)
main()
"""


def scanned(folder: Path) -> tuple[str, int]:
    """What is reported of a folder, and how much memory that took."""
    command = [sys.executable, "-c", PROGRAM, "--jobs", "1", "."]
    limited = ["sh", "-c", f'ulimit -t {KILLED_AFTER}; exec "$@"', "sh", *command]
    done = subprocess.run(limited, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1, 2}
    kilobytes = done.stderr.rsplit("VmHWM:")[1].split()[0]
    return done.stdout, int(kilobytes) * 1024


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the peak of a process in /proc"
)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_with_a_word(name: str, tmp_path: Path) -> None:
    made, word = HOSTILE[name]
    for path, text in made().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    shown, memory = scanned(tmp_path)
    paragraphs = [" ".join(each.split()) for each in shown.split("\n\n")]
    keys = sum(each.startswith("error[root-access-key]") for each in paragraphs)
    assert keys == 2
    assert memory < LARGEST_MEMORY
    said = " ".join(each for each in paragraphs if each.startswith(("unreadable:", "note:")))
    assert word in said
    assert said.count("unreadable: ") + said.count("note: ") == bool(word)
