"""How does the help of an algorithm look? Headings, paragraphs, and what all of them tell in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from ..compat import tr

Entry = tuple[str, str]


def page_of(
    intro: str, parameters: Iterable[Entry], outputs: Iterable[Entry], limits: Iterable[str], before_limits: str = "",
) -> str:
    """Return the help of an algorithm under the usual headings, ``before_limits`` as it is."""
    return "".join((
        paragraph(intro), _section(tr("Parameters"), parameters), _section(tr("Outputs"), outputs),
        before_limits, heading(tr("Limits")), *map(paragraph, limits),
    ))


def heading(text: str) -> str:
    """Return a heading."""
    return f"<h3>{text}</h3>"


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{text}</p>\n"


def overwrite_entry() -> Entry:
    """Return the help of the parameter that allows existing files to be replaced."""
    return tr("Replace existing files and tables"), tr(
        "Off, a run that would replace something stops before it computes anything. On, what is there stays until "
        "everything is written.",
    )


def _section(title: str, entries: Iterable[Entry]) -> str:
    return heading(title) + "".join(paragraph(f"<b>{name}</b>: {text}") for name, text in entries)
