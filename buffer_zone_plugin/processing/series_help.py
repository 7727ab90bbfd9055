"""What does `bufferzone:timeseries` tell its user? The help beside the parameters in the toolbox."""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, page_of
from .plan_help import plan_base_entries
from .staffing_help import estimate_limits


def time_series_help() -> str:
    """Return the help of `bufferzone:timeseries`."""
    return page_of(
        tr(
            "Plans the buffer zone of a contact line that moves: a zone with its figures for each date, and the ground "
            "that came into it, left it or changed sides since the date before. Every date has the same depths, split "
            "and staffing. The layers are ready for the Temporal Controller.",
        ),
        (*_line_entries(), *plan_base_entries()), _outputs(),
        (
            tr(
                "The change is that between two drawn lines: another source or another scale of drawing moves a line, "
                "too. Keep to one source. Differences narrower than twice the error of depth allowed are not drawn.",
            ),
            estimate_limits(),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def _line_entries() -> tuple[Entry, ...]:
    return (
        (tr("Contact lines of several dates"), tr(
            "A line layer in any coordinate reference system, in any order of dates. All features of a date are one "
            "line of several parts. Where no ground is given for side A, a line drawn against the direction of the "
            "date before is taken the other way round, so that the sides stay where they were; the log tells it.",
        )),
        (tr("Date"), tr(
            "A field of dates, of dates with a time, or of texts or whole numbers as ISO 8601 writes them: 2024-05-01, "
            "20240501, 2024-05-01T18:30+02:00. A line has a whole day, in UTC. Empty dates, those that can be read in "
            "two ways, such as 03/04/2024, and two times on one day are refused.",
        )),
        (tr("A layer for each date"), tr(
            "Instead: line layers with the first day of the fixed time range in their temporal properties, or with one "
            "date in their name, such as line_2024-05-01.",
        )),
    )


def _outputs() -> tuple[Entry, ...]:
    return (
        (tr("Zones by date"), tr(
            "A zone for each date, with areas, persons, and what it gained and lost. It holds from its date until the "
            "next one, which no longer belongs to it; the last one is open-ended.",
        )),
        (tr("Changes by date"), tr(
            "Ground gained, lost, or on another side than before, by side, shown in the interval of the new date.",
        )),
        (tr("Contact lines by date"), tr("The lines as they were planned.")),
        (tr("Dates"), tr(
            "The same figures as a table, with a row for a date that has no zone and the reason. The next date is then "
            "compared with the last one that has a zone. Area is that before plus gained minus lost.",
        )),
        (tr("Run record"), tr(
            "Parameters, versions, dates, and gaps: intervals of more than twice the median of all.",
        )),
    )
