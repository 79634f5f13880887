"""Functions that read files, and templates that are values."""

import hashlib
from base64 import b64encode

import pytest

from rootlint.model.value import Known, Unknown, Why
from rootlint.terraform.values import Failed
from tests.terraform.evaluating import at, evaluated, hole, known, parts, plain, value
from tests.terraform.reading import STATE, unit

FILES = {"f": "aé\n"}
DATA = FILES["f"].encode()


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_the_digest_of_a_file(name: str) -> None:
    found = value(f'file{name}("f")', FILES)
    assert isinstance(found, Known)
    assert found.value == hashlib.new(name, DATA).hexdigest()


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_the_digest_of_a_file_in_base64(name: str) -> None:
    found = value(f'filebase64{name}("f")', FILES)
    assert isinstance(found, Known)
    assert found.value == b64encode(hashlib.new(name, DATA).digest()).decode()


def test_a_file_that_is_hidden_has_no_digest() -> None:
    found = value('filesha256("hidden")', FILES)
    assert isinstance(found, Unknown)
    assert not isinstance(found, Failed)
    assert isinstance(value('filesha256("missing")', FILES), Failed)


def test_a_text_as_a_template() -> None:
    assert plain("templatestring(var.t, {a = 1})", t=known("<${a}>")) == "<1>"
    found = value("templatestring(var.t, {a = var.x})", t=known("<${a}>"), x=hole())
    assert parts(found) == ("<", None, ">")


def test_a_place_in_the_body_of_a_loop_of_a_template() -> None:
    text = (
        "locals {\n  x = <<-END\n"
        '    %{ for n in ["a", "b"] ~}\n'
        "    deny ${n} now\n"
        "    %{ if true ~}\n    chosen\n    %{ endif ~}\n"
        "    %{ endfor ~}\n  END\n}\n"
    )
    found = evaluated(text)
    assert isinstance(found, Known)
    assert str(found.value).split() == ["deny", "a", "now", "chosen", "deny", "b", "now", "chosen"]
    assert at(text, "now", found) == "now"
    assert at(text, "chosen", found) == "chosen"
    assert at(text, "a", found) == "${n}"


def test_a_template_that_is_not_known() -> None:
    assert isinstance(value("templatestring(var.t, {})"), Unknown)


def test_a_place_in_a_text_that_is_a_template() -> None:
    text = 'locals {\n  x = templatestring("a\\nb ${"$"}{v} c", {v = "k"})\n}\n'
    found = evaluated(text)
    assert isinstance(found, Known)
    assert found.value == "a\nb k c"
    assert at(text, "b", found) == "b"
    assert at(text, "c", found) == "c"


@pytest.mark.parametrize(
    "path", ["../../out.json", "/etc/hostname", "none.json", "x/../../out.json"]
)
def test_a_file_outside_of_the_scanned_tree_is_not_read(path: str) -> None:
    found = unit(f'{STATE}output "o" {{\n  value = file("{path}")\n}}\n')
    (door,) = found.doors
    assert isinstance(door.value, Unknown)
    assert door.value.why is Why.FILE
    assert f"`{path}`" in door.value.detail
