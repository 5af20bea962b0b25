"""What is worked out when it is first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - a decorator, as `property` is
    """Decorates a method like `functools.cached_property`, and takes half its time: two threads may both work it out.

    Python 3.12 has done away with that one's lock; dozens are asked for in each evaluation.
    """

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        """Return what the method returns, found once for each instance."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found
