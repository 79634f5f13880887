import itertools

import pytest

from rootlint.model.truth import Truth, all_of, any_of

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES


def test_a_truth_is_no_bool() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


@pytest.mark.parametrize(("left", "right"), list(itertools.product(Truth, repeat=2)))
def test_and_is_the_least_and_or_the_greatest(left: Truth, right: Truth) -> None:
    assert (left & right).value == min(left.value, right.value)
    assert (left | right).value == max(left.value, right.value)
    assert ~(left & right) is (~left | ~right)


def test_nothing_is_all_and_not_any() -> None:
    assert all_of(()) is YES
    assert any_of(()) is NO


@pytest.mark.parametrize("truths", list(itertools.product(Truth, repeat=3)))
def test_quantifiers_fold_the_operators(truths: tuple[Truth, ...]) -> None:
    first, second, third = truths
    assert any_of(truths) is (first | second | third)
    assert all_of(truths) is (first & second & third)
