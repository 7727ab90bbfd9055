"""What several plans of one line have in common is made once, whichever of them asks first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Results by key; it may be asked from several threads, of which one makes what the others wait for.

    What raises is not kept: the next to ask tries again. Once so many ``users`` have left as there are, nothing is.
    """

    def __init__(self, users: int = 1) -> None:
        self._made: dict[Hashable, Future[Any]] = {}
        self._lock, self._users = Lock(), users

    def leave(self) -> None:
        """Say that one of the users asks no more."""
        with self._lock:
            self._users -= 1
            if self._users <= 0:
                self._made.clear()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key, made now if nothing was; raises what ``make`` raises."""
        with self._lock:
            found = self._made.get(key)
            mine = found is None
            if found is None:
                found = self._made[key] = Future()
        if not mine:
            result: T = found.result()
            return result
        try:
            found.set_result(make())
        except BaseException as error:
            with self._lock:
                del self._made[key]
            found.set_exception(error)
        result = found.result()
        return result
