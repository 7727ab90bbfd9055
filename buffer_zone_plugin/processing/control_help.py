"""What does `bufferzone:contactline` tell its user? The help beside the parameters in the toolbox."""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, heading, overwrite_entry, page_of, paragraph


def contact_line_help() -> str:
    """Return the help of `bufferzone:contactline`."""
    return page_of(
        tr(
            "Makes the contact line from polygons of who holds what: the border that the two sides share, without "
            "coast and state border. Side A lies left of every part, so the result can go straight into Plan buffer "
            "zone.",
        ),
        _contact_line_parameters(),
        _contact_line_outputs(),
        (
            tr(
                "The line is as good as the areas: it shows who was said to hold what, at the scale at which that was "
                "drawn. A strip of ground between the line and the coast or state border that is narrower than the "
                "distance given is lost. A mask with rivers and lakes cut out breaks the line at each of them: use one "
                "without.",
            ),
            tr("Without prejudice to status."),
        ),
        _how_it_is_drawn(),
    )


def _how_it_is_drawn() -> str:
    return heading(tr("How the line is drawn")) + paragraph(tr(
        "Where the areas of both sides touch, their common border is the line. Where they leave a strip that nobody "
        "holds, or overlap because both claim the ground, the line runs in the middle, equally far from what is "
        "undisputed on either side; strips and overlaps are reported with their area. An area that lies wholly inside "
        "the other side's is kept as a pocket. Without a layer of side B the line is side A's border inside the mask.",
    )) + paragraph(tr(
        "A stretch along the mask's edge is coast or state border and is left out; its length, and how near to the "
        "edge it lies, is told in the log. A part that runs up to the edge is kept up to there. Crossed outlines are "
        "mended; slits, holes and specks narrower than 50 m are taken for errors of digitising.",
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
        overwrite_entry(),
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
