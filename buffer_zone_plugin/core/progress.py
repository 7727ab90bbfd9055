"""Progress out, cancel in: the only way in which the core talks while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import PlanCancelledError


def _silent_fraction(_fraction: float) -> None:
    """Report to nobody."""


def _silent_text(_text: str) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Progress:
    """Callbacks of one run.

    Parameters
    ----------
    on_fraction : called with the share done, 0…1, never decreasing within one stage
    on_text : called with one line on what is being done
    is_cancelled : asked often; True stops the run with `PlanCancelledError`
    start, stop : the part of the whole run, 0…1, that this stage fills

    Examples
    --------
    >>> seen = []
    >>> Progress(on_fraction=seen.append).stage(0.5, 1.0).report(0.5)
    >>> seen
    [0.75]
    """

    on_fraction: Callable[[float], None] = field(default=_silent_fraction)
    on_text: Callable[[str], None] = field(default=_silent_text)
    is_cancelled: Callable[[], bool] = field(default=_never)
    start: float = 0.0
    stop: float = 1.0

    def check(self) -> None:
        """Raise `PlanCancelledError` if the user asked to stop."""
        if self.is_cancelled():
            raise PlanCancelledError

    def report(self, fraction: float, text: str = "") -> None:
        """Say that ``fraction`` (0…1) of this stage is done; raises `PlanCancelledError`."""
        self.check()
        self.on_fraction(self.start + (self.stop - self.start) * fraction)
        if text:
            self.on_text(text)

    def stage(self, start: float, stop: float) -> Progress:
        """Return the progress of a part of this stage, from ``start`` to ``stop`` (0…1)."""
        width = self.stop - self.start
        return Progress(
            self.on_fraction, self.on_text, self.is_cancelled,
            self.start + width * start, self.start + width * stop,
        )
