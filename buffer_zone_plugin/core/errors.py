"""What is wrong with an input, where, and how to mend it: the one error that the core raises for its users."""

from __future__ import annotations


class PlanError(ValueError):
    """A plan cannot be made from what was given.

    Parameters
    ----------
    message : one sentence for the user: what is wrong
    hint : one sentence: how to mend it
    where : the place, such as ``feature 7`` or ``37.41000, 48.40000`` (longitude, latitude)
    """

    def __init__(self, message: str, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.message.rstrip('.')}{place}.{hint}"


class PlanCancelledError(Exception):
    """The user asked to stop; nothing has been delivered."""
