"""The inputs of plans that are made together: copied for each thread, and what is read late, read and forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from copy import deepcopy
from dataclasses import fields
from threading import Lock, local
from typing import Any

from .errors import PlanError
from .plan_inputs import AnyInputs, LateInputs, PlanInputs
from .progress import Progress


class InputCopies:
    """The inputs by variant, copied for each thread: GEOS does not allow two at one prepared geometry.

    A thread keeps what it was given last, and copies only what another variant has of its own. ``users`` names the
    variant of each job.
    """

    def __init__(self, originals: Mapping[str, AnyInputs], users: Iterable[str]) -> None:
        self._originals, self._users = originals, Counter(users)
        self._read: dict[str, PlanInputs] = {}
        self._reasons: dict[str, str] = {}
        self._lock, self._own = Lock(), local()

    def known(self, variant: str) -> PlanInputs:
        """Return the inputs of a variant without what is read late."""
        return known_of(self._originals[variant])

    def read(self, variant: str, progress: Progress) -> None:
        """Read what a variant leaves until now, once for all its jobs; raises `PlanCancelledError`."""
        late = self._originals[variant]
        with self._lock:
            if not isinstance(late, LateInputs) or variant in self._read or variant in self._reasons:
                return
        try:
            found = late.read(Progress(is_cancelled=progress.is_cancelled))
        except PlanError as error:
            self._reasons[variant] = str(error)
            return
        with self._lock:
            self._read[variant] = found

    def reason(self, variant: str) -> str:
        """Return why what is read late could not be, empty if it could."""
        return self._reasons.get(variant, "")

    def of(self, variant: str) -> PlanInputs:
        """Return the inputs of a variant for the thread that asks; what is read late has been read."""
        kept: dict[str, tuple[Any, Any]] = self._own.__dict__.setdefault("kept", {})  # by field: original and copy
        with self._lock:
            original = self._read.get(variant) or self.known(variant)
            for field in fields(original):
                value = getattr(original, field.name)
                if field.name not in kept or kept[field.name][0] is not value:
                    kept[field.name] = value, deepcopy(value)
        return PlanInputs(**{name: copy for name, (_, copy) in kept.items()})

    def leave(self, variant: str) -> None:
        """Say that one of a variant's jobs is done: with the last one goes what was read late."""
        with self._lock:
            self._users[variant] -= 1
            if self._users[variant] <= 0:
                self._read.pop(variant, None)


def known_of(inputs: AnyInputs) -> PlanInputs:
    """Return inputs without what is read late."""
    return inputs.known if isinstance(inputs, LateInputs) else inputs


def line_of(inputs: AnyInputs) -> Hashable:
    """Return what inputs that go along the same line have in common."""
    known = known_of(inputs)
    return id(known.lines), id(known.lines_b)
