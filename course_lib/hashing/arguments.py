"""What counts as a number in an argument: numpy's too, but not True, which is a slip of the pen."""

from numbers import Integral, Real
from typing import TypeGuard


def is_whole(value: object) -> TypeGuard[int]:
    """Whether `value` is a whole number."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def is_number(value: object) -> TypeGuard[float]:
    """Whether `value` is a real number, whole or not."""
    return isinstance(value, Real) and not isinstance(value, bool)
