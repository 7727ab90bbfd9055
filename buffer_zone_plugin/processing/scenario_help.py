"""What does an algorithm tell its user about scenarios?"""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, page_of
from .plan_help import plan_entries
from .staffing_help import estimate_limits


def compare_scenarios_help() -> str:
    """Return the help of `bufferzone:comparescenarios`."""
    return page_of(
        tr(
            "Plans a contact line many times, with other depths, postures, splits or lines, and sets areas and staff "
            "beside each other. Each row holds the figures that Plan buffer zone gives for the same values. A scenario "
            "that cannot be planned has its reason in the table; the others stand.",
        ),
        (*scenario_entries(), *plan_entries()),
        scenario_output_entries(),
        (
            estimate_limits(),
            tr(
                "Nothing is said of which scenario is better, or acceptable to whom. Past zones and proposals are "
                "depths on the line that was given, not the zones of their time.",
            ),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def scenario_entries() -> tuple[Entry, ...]:
    """Return the help of the parameters on scenarios."""
    return (
        (tr("Where scenarios come from"), tr(
            "A file, a table, lists, and what is shipped may be given together: all are compared, in this order. At "
            "most 500; each has a name of its own. What they leave open has the values below, which are those of Plan "
            "buffer zone. Limits of bands change no figure: each scenario has those that lie in its zone.",
        )),
        (tr("File"), tr(
            'JSON, a list such as [{"name": "Narrow", "depth_a": 5, "depth_b": 5, "posture": "observe"}], or CSV with '
            "the same keys as columns. Keys: depth_a, depth_b (km, of each side; a quoted total has to be divided), "
            "posture, split, caps (word, or number as in the lists), sectors, bands, line (name of another line); in "
            "JSON also source and spec, the whole of a plan's parameters.",
        )),
        (tr("Table"), tr("Name, depth of side A, depth of side B, posture; an empty cell is the value below.")),
        (tr("Every combination"), tr(
            "Depths as a text with commas between and points within, 7.5,10,20, or ranges such as 5-40/5: from, to and "
            "step. Postures and splits as chosen. Other "
            "lines are planned beside the contact line and called by their layers' names; with a file and no list, "
            "only where the file names them. An empty list is the value below.",
        )),
        (tr("Depths of past zones and of proposals"), tr(
            "Korea, Bosnia, Kosovo, UNMEE, UNIKOM, the inner German border, Minsk II, and proposals of 2025; the field "
            "source tells where each is documented, and where halves of a quoted total are an assumption.",
        )),
        (tr("Compared with"), tr("The scenario that differences refer to; left empty, the first that has a plan.")),
        (tr("Places"), tr("Points, such as settlements, that are counted in each zone.")),
        (tr("Areas"), tr(
            "The layer of areas below also tells what of each is given up, by side, whatever sectors are split by. "
            "Areas of one name are one; ground of several is the first one's, in the order of the layer, and the log "
            "tells how much that is.",
        )),
    )


def scenario_output_entries() -> tuple[Entry, ...]:
    """Return the help of the layers and tables of scenarios."""
    return (
        (tr("Scenarios"), tr(
            "One row each: depths, areas, length of line, sectors, persons low, central and high, in all and by what "
            "they do, per km and per 100 km², inhabitants and places, and the differences to the scenario compared "
            "with. The field spec holds all parameters: give it as the spec of a scenario in a file to plan it again.",
        )),
        (tr("Zones of scenarios"), tr("Their zones in one layer, the smallest on top.")),
        (tr("Areas given up"), tr(
            "By scenario, side and administrative area, with the share of the area and of the side; the rows of a "
            "scenario add up to its zone. What lies in no area has a row of its own, without a name.",
        )),
        (tr("The scenarios as a file"), tr("The whole set as JSON, which can be given as the file again.")),
        (tr("Charts"), tr("Persons by scenario with their ranges, and area by side: PNG and SVG in the folder given.")),
    )
