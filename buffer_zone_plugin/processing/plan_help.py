"""What does an algorithm tell its user about a plan? `bufferzone:planzone`, and what takes its parameters."""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, overwrite_entry, page_of
from .split_help import split_entries
from .staffing_help import estimate_limits, staffing_entries, staffing_output_entries


def plan_zone_help() -> str:
    """Return the help of `bufferzone:planzone`."""
    return page_of(
        tr(
            "Draws a buffer zone along a contact line at true distance on the ellipsoid, cuts it into two sides and "
            "into sectors across, proposes posts and estimates the staff that they take. Areas and lengths are "
            "ellipsoidal; sides and sectors tile the zone without gaps or overlaps.",
        ),
        plan_entries(),
        _plan_zone_outputs(),
        (
            estimate_limits(),
            tr(
                "Posts are proposed places along the line; terrain, access and ownership are not looked at. The "
                "figures belong to the line that was given: another line gives others.",
            ),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def plan_entries() -> tuple[Entry, ...]:
    """Return the help of the parameters of a plan."""
    return (
        (tr("Contact line"), tr(
            "A line layer in any coordinate reference system, in any number of parts, order and direction. An edge "
            "between two vertices is the shortest way on the ellipsoid. What had to be mended is told in the log.",
        )),
        (tr("Forward line of side B"), tr(
            "Optional, where each side has a line of its own: the contact line given is side A's then. Depths are "
            "measured from each side's own line; the strip between belongs to the zone and to neither side. Length, "
            "sectors and posts go by its middle, which becomes the contact line.",
        )),
        (tr("Depth of side A, of side B"), tr(
            "Distance in km from the line to the edge of the zone, 0 to 500, at least one above 0 unless side B has a "
            "line of its own. Side A is left of "
            "the direction in which most of the line was drawn, unless ground is given for it.",
        )),
        (tr("Names of the sides"), tr("Written to the layers; left empty they are called Side A and Side B.")),
        (tr("Ground on side A"), tr(
            "Polygons or points that lie on side A, in any coordinate reference system, such as the area that one "
            "party holds.",
        )),
        (tr("Swap the sides"), tr(
            "Exchanges the sides: side A, with its depth and its name, is right of the line, or off the ground given.",
        )),
        (tr("Limits of bands"), tr(
            "Distances from the line in km, ascending, below the larger depth: 2,10 makes bands of 0 to 2 km, 2 to 10 "
            "km, and 10 km to the edge, on each side that is deep enough. Empty: no bands, an empty layer of them.",
        )),
        (tr("Clip to"), tr(
            "Polygons in any coordinate reference system; their edges are straight in longitude and latitude. Only the "
            "zone within them is kept. Sectors are cut before, so that they stay across the whole zone.",
        )),
        *split_entries(),
        *staffing_entries(),
        (tr("Ends of the zone"), tr(
            "Round, or flat: without the ground whose nearest point of the line is an open end.",
        )),
        (tr("Outline"), tr(
            "Balanced: the outline lies on either side of the true depth by less than the error allowed. Never beyond, "
            "never short: on one side of it only.",
        )),
        (tr("Largest error of depth allowed"), tr(
            "In m, at least 0.1. The error is measured on the finished outline and written with it.",
        )),
        overwrite_entry(),
    )


def plan_base_entries() -> tuple[Entry, ...]:
    """Return the help of what all plans of a run have in common: all but the line, or the two lines."""
    return plan_entries()[2:]


def _plan_zone_outputs() -> tuple[Entry, ...]:
    return (
        (tr("Zone, sides, bands, sectors"), tr(
            "Polygons with depth, area and persons; sectors also with their line, posts, patrols and the parts of "
            "their staff.",
        )),
        (tr("Subsectors"), tr("The parts within the sectors, empty if none were asked for.")),
        (tr("Sector boundaries, contact line"), tr(
            "Lines with their length and place along the contact line; boundaries also with the point on it where "
            "neighbours coordinate.",
        )),
        (tr("Proposed posts"), tr("Points with their kind, watch and strength.")),
        *staffing_output_entries(),
        (tr("Run record"), tr("Parameters, versions and figures of the run.")),
        (tr("All layers in one GeoPackage"), tr(
            "The same layers in one file that carries their styles; it appears complete or not at all.",
        )),
    )
