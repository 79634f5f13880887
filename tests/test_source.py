from rootlint.source import SourceFile, Unreadable, decode


def test_lines_end_as_editors_end_them() -> None:
    file = SourceFile("a", "one\r\ntwo\rthree\u2028still three\nfour")
    assert file.position(file.text.index("four")) == (4, 1)
    assert file.line(3) == "three\u2028still three"


def test_latin_1_is_named_at_the_first_bad_character() -> None:
    found = decode("a.tf", b'x = 1\ny = "\xe9"\n')
    assert isinstance(found, Unreadable)
    assert found.span is not None
    assert found.span.start == 11
