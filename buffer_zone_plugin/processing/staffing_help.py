"""What does an algorithm tell its user about staffing?"""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, overwrite_entry, page_of


def estimate_staffing_help() -> str:
    """Return the help of `bufferzone:estimatestaffing`."""
    return page_of(
        tr(
            "Estimates the persons that sectors or other polygons take, with the same model as Plan buffer zone. The "
            "polygons stay as they are; what staffing tells of them is added to their fields.",
        ),
        (
            (tr("Sectors or other polygons"), tr(
                "In any coordinate reference system; an edge is the shortest way between its vertices. "
                "Fields called name and sector_id tell what contributors lead; without them polygons are S1, S2 and so "
                "on in the layer's order, in which a lead takes neighbours.",
            )),
            (tr("Contact line, length of line"), tr(
                "How much line each polygon has: the part of the line in it (one on a common border counts in equal "
                "parts), or a field with km; else a plan's own field line_km, else the longer side of the smallest "
                "rectangle around it. Posts are laid once along the whole length and shared among the polygons.",
            )),
            *staffing_entries(),
            (tr("Population"), tr(
                "A raster of persons per cell, or points with a field of persons. Persons per 1,000 inhabitants are a "
                "figure to check by: nothing is computed from them.",
            )),
            overwrite_entry(),
        ),
        (
            (tr("Polygons with staffing"), tr(
                "All features of the input with their fields, and those of staffing. A field in their way has another "
                "name, which the log tells; former figures of this plugin are replaced. Features without ground have "
                "none.",
            )),
            *staffing_output_entries(),
            (tr("Run record"), tr("Parameters, versions and figures of the run.")),
        ),
        (
            estimate_limits(),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def staffing_entries() -> tuple[Entry, ...]:
    """Return the help of the parameters on staffing."""
    return (
        (tr("Posture"), tr(
            "What the force is to do. Observe: watch from wide-spaced posts and report. Verify: denser posts and "
            "patrols. Verify, both edges: the same along both edges of the zone. Interpose: stand between the "
            "parties.",
        )),
        (tr("Staffing parameters or posture of your own"), tr(
            'JSON, in a file or as it is. Either values by name, which replace those of the posture: '
            '{"op_spacing": 12, "patrol_crew": {"low": 4, "central": 5, "high": 6, "unit": "persons per patrol"}}; '
            "low is the value that gives fewer "
            "persons, and a value alone has the catalogue's range in proportion. Or a posture in the place of the one "
            'chosen above: {"label": "Cameras", "values": {"op_spacing": 6, "sensor_share": 0.5}, "ranges": '
            '{"op_spacing": [9, 4]}}; what it leaves out has the catalogue\'s values. Names and units are those of the '
            "table of staffing parameters; a posture holds only those with a rank.",
        )),
        (tr("Crossing points"), tr(
            "Points where civilians pass, each manned around the clock. They are counted where they stand and become "
            "posts of the kind crossing; those outside take no staff.",
        )),
        (tr("Roads that patrols drive"), tr(
            "Lines. With them, patrols through the area drive every road once in the time between visits; without "
            "them, as many km as it takes to see the whole area. Give all roads that patrols use: few roads make few "
            "patrols. A road drawn twice counts once.",
        )),
        (tr("Trainees per year"), tr(
            "Throughput of a training mission, 0 for none. Its staff is a line of its own beside the zone force.",
        )),
        (tr("Contributors"), tr(
            "Who sends how many, with semicolons between: France=30; United Kingdom=30; Others=40 are per cent of the "
            "central estimate. What they leave of 100 is unassigned; above 100 they count in proportion. Poland=500 "
            "persons is a fixed number: it comes first, and shares are per cent of what is left. After commas: cap "
            "5000 (0: sends nobody; what is beyond goes to the others), unit 120 (the smallest contingent in one "
            "place), role training or support (shared among those who have the role), lead (consecutive whole sectors "
            "nearest to its share) or lead S1 + S2 (these sectors, whatever its share). The table has fields "
            "contributor, share, persons, role, unit, cap, lead and sectors instead.",
        )),
    )


def staffing_output_entries() -> tuple[Entry, ...]:
    """Return the help of the tables on staffing."""
    return (
        (tr("Staffing"), tr("Persons by sector and component, low, central and high.")),
        (tr("Contributions"), tr(
            "Persons by contributor and sector, with what is unassigned; empty without contributors.",
        )),
        (tr("Staffing parameters"), tr(
            "Each parameter with its low, central and high value inside the posture, its source, and the persons of "
            "the zone force at either end: the first moves the total most.",
        )),
    )


def estimate_limits() -> str:
    """Return what an estimate of persons means."""
    return tr(
        "Persons are a planning estimate from stated parameters, given as low, central and high: not a "
        "requirement and not a forecast. Low and high hold the middle 90 % of random draws of the parameters inside "
        "one posture for the total; sectors and components have their parts of it. Another posture changes the total "
        "tenfold and more.",
    )
