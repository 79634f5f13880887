"""HashiCorp's own parser, and python-hcl2, read the same literals as we do.

Set `ROOTLINT_HCL_PYTHON` to an interpreter that has pygohcl and python-hcl2.
"""

import json
import os
import subprocess

import pytest

from rootlint.model.value import Encoded, Known
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.parse import parse_body
from tests.terraform.evaluating import Given, file_of

PYTHON = os.environ.get("ROOTLINT_HCL_PYTHON")
pytestmark = pytest.mark.skipif(
    PYTHON is None, reason="ROOTLINT_HCL_PYTHON names no interpreter with pygohcl and python-hcl2"
)
LITERALS = [
    "1", "-1", "1.5", "1e3", "0.1", "true", "false", '""', '"a"', '"é ü 😀"', '"\\u00e9"', '"a\\nb\\t\\"\\\\"',
    '"$${a}"', '"%%{a}"', '"$a %b $$ %%"', "[]", "[1, 2,]", '["a", ["b"], {}]', "{}", "{ a = 1 }", '{ "a b" : 2, c = [] }',
    "{\n a = 1\n b = 2\n}", "<<E\na\n  b\nE\n", "<<-E\n    a\n      b\n    E\n", "<<E\n$${a} \\n\nE\n", "<<E\nE\n",
]  # fmt: skip
# python-hcl2 keeps escapes and heredocs as they are written: those it is not asked about.
PLAIN = [text for text in LITERALS if not {"\\", "<", "$", "{"} & set(text) and "e" not in text]
GO = "import json, sys, pygohcl; print(json.dumps(pygohcl.loads(sys.stdin.read())))"
HCL2 = "import io, json, sys, hcl2; print(json.dumps(hcl2.load(io.StringIO(sys.stdin.read()))))"


def asked(program: str, text: str) -> object:
    assert PYTHON is not None
    done = subprocess.run(
        [PYTHON, "-c", program], input=text, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)["x"]


def ours(text: str) -> object:
    found = evaluate(parse_body(file_of(text)).attributes["x"].expr, Given({}))
    written = to_text(Encoded(found, found.span))
    assert isinstance(written, Known)
    return json.loads(str(written.value))


@pytest.mark.parametrize("literal", LITERALS)
def test_pygohcl(literal: str) -> None:
    text = f"x = {literal}\n"
    assert ours(text) == asked(GO, text)


@pytest.mark.parametrize("literal", PLAIN)
def test_python_hcl2(literal: str) -> None:
    text = f"x = {literal}\n"
    found = asked(HCL2, text)
    assert ours(text) == (found.strip('"') if isinstance(found, str) else found)
