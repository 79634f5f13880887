"""The loader against cfn-lint's, in an environment of its own: the same structure, the same start marks.

`ROOTLINT_CFNLINT_PYTHON` names the interpreter of that environment, `ROOTLINT_PUBLIC_TEMPLATES` a folder
of templates that other people have written; generated ones are compared always.
"""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rootlint.cloudformation.files import looks_like_template
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document, Mapping, Node, Scalar, Sequence
from rootlint.discover import TEMPLATES
from rootlint.source import SourceFile, decode

PYTHON = os.environ.get("ROOTLINT_CFNLINT_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="ROOTLINT_CFNLINT_PYTHON names no interpreter")

ORACLE = """
import json, sys
from cfnlint.decode.cfn_yaml import loads
from cfnlint.decode.node import dict_node, list_node, str_node

def at(node):
    return [node.start_mark.line + 1, node.start_mark.column + 1]

def dump(node):
    if isinstance(node, dict_node):
        return ["map", at(node), [[str(k), at(k) if isinstance(k, str_node) else None, dump(v)] for k, v in node.items()]]
    if isinstance(node, list_node):
        return ["list", at(node), [dump(item) for item in node]]
    if isinstance(node, str_node):
        return ["text", at(node), str(node)]
    return ["other", None, node if isinstance(node, str) else None]

def tree(text):
    try:
        return dump(loads(text))
    except Exception as problem:
        return ["refused", None, str(problem).splitlines()[0][:80]]

print(json.dumps([tree(text) for text in json.load(sys.stdin)]))
"""
WORDS = [
    "AWS::SNS::Topic",
    "a b",
    "0123",
    "true",
    "12",
    "é😀",
    "x: y",
    "#",
    "it's",
    '"',
    "${A}",
    "a\nb\n",
]


def text_of(rng: random.Random, indent: int) -> str:
    word = rng.choice(WORDS)
    style = rng.choice(["plain", "single", "double", "literal", "folded"])
    if style == "plain" and word.isalnum() and word.isascii():
        return word
    if style in {"literal", "folded"} and word.strip():
        lines = "".join(f"\n{' ' * (indent + 2)}{line}" for line in word.strip().split("\n"))
        return ("|" if style == "literal" else ">-") + lines
    if style == "single" and "\n" not in word:
        return "'" + word.replace("'", "''") + "'"
    return json.dumps(word, ensure_ascii=rng.random() < 0.5 and "😀" not in word)


def tagged(rng: random.Random) -> str:
    return rng.choice([
        "!Ref Name", "!Sub '${A}-b'", "!GetAtt A.B", "!If [C, a, b]", "!Join ['', [a, !Ref B]]",
        "!Sub [x, {y: z}]", "{'Fn::Sub': x}", "[1, {a: b}, [c]]", "{a: {b: c}, d: []}",
    ])  # fmt: skip


def block(rng: random.Random, indent: int, depth: int) -> str:
    """The rest of a line behind a key, and the lines below it."""
    kind = (
        rng.choice(["text", "tagged", "map", "list"]) if depth else rng.choice(["text", "tagged"])
    )
    if kind == "text":
        return f" {text_of(rng, indent)}\n"
    if kind == "tagged":
        return f" {tagged(rng)}\n"
    inner = " " * (indent + 2)
    gap = rng.choice(["", "\n", f"{inner}# note\n"])
    count = rng.randint(1, 3)
    if kind == "map":
        entries = (f"{gap}{inner}k{n}:{block(rng, indent + 2, depth - 1)}" for n in range(count))
        return "\n" + "".join(entries)
    items = (f"{inner}- {rng.choice(['x', tagged(rng)])}\n" for _ in range(count))
    return "\n" + "".join(items)


def template(seed: int) -> str:
    rng = random.Random(seed)
    resources = "".join(f"  R{n}:{block(rng, 2, 4)}" for n in range(rng.randint(1, 4)))
    return f"Resources:\n{resources}"


def ours(file: SourceFile, node: Node) -> list[Any]:
    position = file.position(node.start)
    at = [position.line, position.column]
    called = intrinsic(node) if node.tag else None
    if called is not None:
        name, argument = called
        return ["map", at, [[name, None, ours(file, argument)]]]
    if isinstance(node, Scalar):
        return ["text", at, node.text]
    if isinstance(node, Sequence):
        return ["list", at, [ours(file, item) for item in node.items]]
    entries = []
    for key, value in node.entries.values():
        place = file.position(key.start)
        entries.append([key.text, [place.line, place.column], ours(file, value)])
    return ["map", at, entries]


def differences(mine: list[Any], theirs: list[Any], path: str = "") -> Iterator[str]:
    """Where the two trees differ. What cfn-lint gives no mark for is compared by its text alone."""
    kind, at, content = theirs
    if path.endswith("/Fn::GetAtt"):
        return
    same = mine[2] == content or kind in {"list", "map"} or (kind == "other" and content is None)
    if (kind != "other" and [kind, at] != mine[:2]) or not same:
        yield f"{path}: {mine}, cfn-lint has {theirs}"
    elif kind == "list":
        for number, (left, right) in enumerate(zip(mine[2], content, strict=True)):
            yield from differences(left, right, f"{path}/{number}")
    elif kind == "map":
        for left, right in zip(mine[2], content, strict=True):
            yield from _entry(left, right, path)


# The end of a difference, and why it is none of ours.
EXPLAINED = {
    "cfn-lint has True None": "it constructs keys: YAML 1.1 has `on`, `yes` and `true` mean the same",
    "cfn-lint has False None": "likewise `off`, `no` and `false`",
}


def explained(line: str) -> bool:
    return line.endswith(tuple(EXPLAINED))


def _entry(mine: list[Any], theirs: list[Any], path: str) -> Iterator[str]:
    (name, mark, left), (their_name, their_mark, right) = mine, theirs
    if name != their_name or (mark and their_mark and mark != their_mark):
        yield f"{path}/{name}: {mark}, cfn-lint has {their_name} {their_mark}"
    yield from differences(left, right, f"{path}/{name}")


def judged(texts: list[str]) -> list[Any]:
    done = subprocess.run(
        [PYTHON, "-c", ORACLE], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_generated_templates_have_the_same_tree() -> None:
    texts = [template(seed) for seed in range(150)]
    for text, theirs in zip(texts, judged(texts), strict=True):
        file = SourceFile("t.yaml", text)
        document = load(file)
        assert isinstance(document, Document), (document, text)
        (root,) = document.roots
        assert isinstance(root, Mapping)
        assert list(differences(ours(file, root), theirs)) == [], text


PUBLIC = os.environ.get("ROOTLINT_PUBLIC_TEMPLATES", "")
FEWEST = 1000


def public() -> Iterator[SourceFile]:
    for path in sorted(Path(PUBLIC).rglob("*")):
        if path.suffix in TEMPLATES and path.is_file():
            data = path.read_bytes()
            file = decode(str(path), data) if looks_like_template(data) else None
            if isinstance(file, SourceFile):
                yield file


@pytest.mark.skipif(not PUBLIC, reason="ROOTLINT_PUBLIC_TEMPLATES names no folder of templates")
def test_public_templates_have_the_same_tree() -> None:
    compared = 0
    unexplained = []
    files = [file for file in public() if isinstance(load(file), Document)]
    for file, theirs in zip(files, judged([file.text for file in files]), strict=True):
        document = load(file)
        assert isinstance(document, Document)
        if theirs[0] == "refused" or len(document.roots) != 1 or document.notes:
            continue
        compared += 1
        found = differences(ours(file, document.roots[0]), theirs)
        unexplained += [f"{file.path}{line}" for line in found if not explained(line)]
    assert unexplained == []
    assert compared >= FEWEST
