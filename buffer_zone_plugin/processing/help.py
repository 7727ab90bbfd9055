"""What does an algorithm tell its user? The help beside the parameters in the toolbox, and of `qgis_process help`."""

from __future__ import annotations

from collections.abc import Iterable

from ..compat import tr
from .ceiling_help import ceiling_entries, ceiling_output_entries
from .scenario_help import scenario_entries, scenario_output_entries
from .split_help import split_entries
from .staffing_help import estimate_limits, staffing_entries, staffing_output_entries

Entry = tuple[str, str]


def plan_zone_help() -> str:
    """Return the help of `bufferzone:planzone`."""
    return "".join((
        _paragraph(tr(
            "Draws a buffer zone along a contact line at true distance on the ellipsoid, cuts it into two sides and "
            "into sectors across, proposes posts and estimates the staff that they take. Areas and lengths are "
            "ellipsoidal; sides and sectors tile the zone without gaps or overlaps.",
        )),
        _section(tr("Parameters"), _plan_zone_parameters()),
        _section(tr("Outputs"), _plan_zone_outputs()),
        _heading(tr("Limits")),
        _paragraph(estimate_limits()),
        _paragraph(tr(
            "Posts are proposed places along the line; terrain, access and ownership are not looked at. The figures "
            "belong to the line that was given: another line gives others.",
        )),
        _paragraph(tr("Planning estimate, without prejudice to status.")),
    ))


def split_sectors_help() -> str:
    """Return the help of `bufferzone:splitsectors`."""
    return "".join((
        _paragraph(tr(
            "Splits a zone that was planned into sectors again, along the contact line of the same plan. The zone is "
            "taken as it is, nothing of its outline is computed anew, and the sectors tile it. Staff are estimated "
            "for the new sectors: give crossings, roads and what else was given for the plan again.",
        )),
        _section(tr("Parameters"), (
            (tr("Contact line of the plan"), tr(
                "The layer that the plan wrote, which tells the side on its left. What lies outside the zone is left "
                "out.",
            )),
            (tr("Sides of the plan, or its zone"), tr(
                "The sides tell which ground is side A's and how deep each side is. Any other polygon layer will do: "
                "then side A is left of the line as it is drawn, and the depth is measured. Edges of other layers are "
                "straight in longitude and latitude.",
            )),
            *split_entries(),
            *staffing_entries(),
            _overwrite_entry(),
        )),
        _section(tr("Outputs"), (
            (tr("Sectors, subsectors, boundaries"), tr(
                "As Plan buffer zone writes them. In a project they have a group of their own; the former ones in the "
                "group of the zone's plan are switched off, not removed.",
            )),
            (tr("Proposed posts, run record"), tr("The same for the new sectors.")),
            *staffing_output_entries(),
        )),
        _heading(tr("Limits")),
        _paragraph(tr(
            "The error of depth is the zone's own and not measured here: see the plan that drew it.",
        )),
        _paragraph(tr("Planning estimate, without prejudice to status.")),
    ))


def estimate_staffing_help() -> str:
    """Return the help of `bufferzone:estimatestaffing`."""
    return "".join((
        _paragraph(tr(
            "Estimates the persons that sectors or other polygons take, with the same model as Plan buffer zone. The "
            "polygons stay as they are; what staffing tells of them is added to their fields.",
        )),
        _section(tr("Parameters"), (
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
            _overwrite_entry(),
        )),
        _section(tr("Outputs"), (
            (tr("Polygons with staffing"), tr(
                "All features of the input with their fields, and those of staffing. A field in their way has another "
                "name, which the log tells; former figures of this plugin are replaced. Features without ground have "
                "none.",
            )),
            *staffing_output_entries(),
            (tr("Run record"), tr("Parameters, versions and figures of the run.")),
        )),
        _heading(tr("Limits")),
        _paragraph(estimate_limits()),
        _paragraph(tr("Planning estimate, without prejudice to status.")),
    ))


def fit_ceiling_help() -> str:
    """Return the help of `bufferzone:fitceiling`."""
    return "".join((
        _paragraph(tr(
            "The inverse of Plan buffer zone: given how many persons there may be, tells which plans keep to that, and "
            "the largest depth that does in each posture. Each row holds the figures that Plan buffer zone gives for "
            "the same values.",
        )),
        _section(tr("Parameters"), (*ceiling_entries(), *_plan_zone_parameters())),
        _section(tr("Outputs"), ceiling_output_entries()),
        _heading(tr("Limits")),
        _paragraph(estimate_limits()),
        _paragraph(tr(
            "A plan that fits is one whose stated posts, patrols and crossings take no more persons than the ceiling. "
            "Which of them is better, and on whose side the ground should lie, is not judged.",
        )),
        _paragraph(tr("Planning estimate, without prejudice to status.")),
    ))


def compare_scenarios_help() -> str:
    """Return the help of `bufferzone:comparescenarios`."""
    return "".join((
        _paragraph(tr(
            "Plans a contact line many times, with other depths, postures, splits or lines, and sets areas and staff "
            "beside each other. Each row holds the figures that Plan buffer zone gives for the same values. A scenario "
            "that cannot be planned has its reason in the table; the others stand.",
        )),
        _section(tr("Parameters"), (*scenario_entries(), *_plan_zone_parameters())),
        _section(tr("Outputs"), scenario_output_entries()),
        _heading(tr("Limits")),
        _paragraph(estimate_limits()),
        _paragraph(tr(
            "Nothing is said of which scenario is better, or acceptable to whom. Past zones and proposals are depths "
            "on the line that was given, not the zones of their time.",
        )),
        _paragraph(tr("Planning estimate, without prejudice to status.")),
    ))


def contact_line_help() -> str:
    """Return the help of `bufferzone:contactline`."""
    return "".join((
        _paragraph(tr(
            "Makes the contact line from polygons of who holds what: the border that the two sides share, without "
            "coast and state border. Side A lies left of every part, so the result can go straight into Plan buffer "
            "zone.",
        )),
        _section(tr("Parameters"), _contact_line_parameters()),
        _section(tr("Outputs"), _contact_line_outputs()),
        _heading(tr("How the line is drawn")),
        _paragraph(tr(
            "Where the areas of both sides touch, their common border is the line. Where they leave a strip that "
            "nobody holds, or overlap because both claim the ground, the line runs in the middle, equally far from "
            "what is undisputed on either side; strips and overlaps are reported with their area. An area that lies "
            "wholly inside the other side's is kept as a pocket. Without a layer of side B the line is side A's border "
            "inside the mask.",
        )),
        _paragraph(tr(
            "A stretch along the mask's edge is coast or state border and is left out; its length, and how near to "
            "the edge it lies, is told in the log. A part that runs up to the edge is kept up to there. Crossed "
            "outlines are mended; slits, holes and specks narrower than 50 m are taken for errors of digitising.",
        )),
        _heading(tr("Limits")),
        _paragraph(tr(
            "The line is as good as the areas: it shows who was said to hold what, at the scale at which that was "
            "drawn. A strip of ground between the line and the coast or state border that is narrower than the "
            "distance given is lost. A mask with rivers and lakes cut out breaks the line at each of them: use one "
            "without.",
        )),
        _paragraph(tr("Without prejudice to status.")),
    ))


def _contact_line_parameters() -> tuple[Entry, ...]:
    return (
        (tr("Areas of side A"), tr(
            "A polygon layer in any coordinate reference system, in any number of features; they may overlap. Edges "
            "are straight in longitude and latitude; the line gets points along long ones, at most 4.5 km apart, so "
            "that Plan buffer zone, which takes the shortest way between vertices, follows it to a metre.",
        )),
        (tr("Areas of side B"), tr("Optional. Without it all other ground of the mask is side B's.")),
        (tr("Mask"), tr(
            "Optional. Polygons of the land, or of the state, in which the sides face each other; its edge is coast "
            "or state border. A whole state belongs here, not into the areas of side B.",
        )),
        (tr("Largest gap"), tr(
            "In km. Sides face each other across a strip that nobody holds up to this width, and interruptions along "
            "the line up to this length are closed. Wider strips and longer interruptions part the line; "
            "the log warns where sides face each other across more than this.",
        )),
        (tr("Coast and state border"), tr(
            "In km. A border nearer to the mask's edge than this is coast or state border: public layers rarely "
            "coincide. Give less if yours do; more if the log warns of parts that may be coast.",
        )),
        (tr("Generalise"), tr(
            "In m. Vertices are left out that lie within this distance of the line without them. No part crosses "
            "itself or another, none is jumped over. 0 keeps all.",
        )),
        (tr("Date"), tr(
            "Optional field of side A's layer: each value gives a line of its own and is written to it. Features of "
            "side B with a field of the same name are matched by it; otherwise all of them serve every date. Filter a "
            "layer of several dates to one of them before Plan buffer zone, which takes all features for one line.",
        )),
        _overwrite_entry(),
    )


def _contact_line_outputs() -> tuple[Entry, ...]:
    return (
        (tr("Contact line"), tr(
            "One feature per part and date. Kind: front; pocket, a ring around ground that the other side encloses; "
            "bridgehead, a stretch around an area that is cut off from its side's main ground (smaller than a tenth "
            "of its largest area) and backed by coast, state border or nobody's ground. Ground of: the side whose "
            "ground pocket or bridgehead are.",
        )),
        (tr("Figures"), tr("Length, parts and pockets; with several dates those of the last one that has a line.")),
    )


def _overwrite_entry() -> Entry:
    return tr("Replace existing files and tables"), tr(
        "Off, a run that would replace something stops before it computes anything. On, what is there stays until "
        "everything is written.",
    )


def _plan_zone_parameters() -> tuple[Entry, ...]:
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
        _overwrite_entry(),
    )


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


def plan_base_entries() -> tuple[Entry, ...]:
    """Return the help of what all plans of a run have in common: all but the line, or the two lines."""
    return _plan_zone_parameters()[2:]


def page_of(
    intro: str, parameters: Iterable[Entry], outputs: Iterable[Entry], limits: Iterable[str],
) -> str:
    """Return the help of an algorithm under the usual headings."""
    return "".join((
        _paragraph(intro), _section(tr("Parameters"), parameters), _section(tr("Outputs"), outputs),
        _heading(tr("Limits")), *map(_paragraph, limits),
    ))


def _section(title: str, entries: Iterable[Entry]) -> str:
    return _heading(title) + "".join(_paragraph(f"<b>{name}</b>: {text}") for name, text in entries)


def _heading(text: str) -> str:
    return f"<h3>{text}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>\n"
