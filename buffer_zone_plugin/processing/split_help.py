"""What does the help tell of the split into sectors? The same in every algorithm that splits."""

from __future__ import annotations

from ..compat import tr
from .help_page import overwrite_entry, page_of
from .staffing_help import staffing_entries, staffing_output_entries


def split_sectors_help() -> str:
    """Return the help of `bufferzone:splitsectors`."""
    return page_of(
        tr(
            "Splits a zone that was planned into sectors again, along the contact line of the same plan. The zone is "
            "taken as it is, nothing of its outline is computed anew, and the sectors tile it. Staff are estimated "
            "for the new sectors: give crossings, roads and what else was given for the plan again.",
        ),
        (
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
            overwrite_entry(),
        ),
        (
            (tr("Sectors, subsectors, boundaries"), tr(
                "As Plan buffer zone writes them. In a project they have a group of their own; the former ones in the "
                "group of the zone's plan are switched off, not removed.",
            )),
            (tr("Proposed posts, run record"), tr("The same for the new sectors.")),
            *staffing_output_entries(),
        ),
        (
            tr(
                "The error of depth is the zone's own and not measured here: see the plan that drew it.",
            ),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def split_entries() -> tuple[tuple[str, str], ...]:
    """Return the parameters of the split, each with its explanation."""
    return (
        (tr("Split into sectors of"), tr(
            "What the sectors are to have in equal shares, line length, area, staff or population, or how they are "
            "cut: at a fixed length, at break points, by areas.",
        )),
        (tr("Number of sectors"), tr("1 to 200, numbered along the line.")),
        (tr("Unequal shares"), tr(
            "What each sector is to get of line, area, staff or population, in any unit and in order along the line: "
            "30,30,40 makes three sectors. Empty: as many equal ones as asked for.",
        )),
        (tr("Length of a sector"), tr(
            "In km of line, for sectors of fixed length. The last sector of each stretch of line gets what is left; "
            "less than a quarter of the length, or of the depth, joins the one before.",
        )),
        (tr("Break points"), tr(
            "Points on the contact line: a border passes exactly through each; points beside it, not farther than the "
            "zone is deep, are brought to its nearest place first. Or lines that cross it, such as the sector "
            "boundaries of a former plan: they are the borders, drawn on to the edge of the zone. So a line that moves "
            "in one place leaves the other sectors as they are.",
        )),
        (tr("Areas"), tr(
            "Polygons such as districts, for a split by them. Whole areas go to the number of sectors, so that these "
            "have about the same ground; where whole areas are too uneven, the largest are divided. Or each area in "
            "the zone is a sector, called by its name. Ground in no area joins those beside it. Edges are straight in "
            "longitude and latitude; of areas that overlap the first one counts.",
        )),
        (tr("Subsectors"), tr(
            "Equal parts within each sector, called S3.1, S3.2 and so on, of what the sectors share, or of line "
            "length. They have their own layer; their boundaries stand behind those of the sectors and follow no "
            "rivers.",
        )),
        (tr("Population"), tr(
            "A raster with the number of persons in each cell (not their density), or points with a field of persons. "
            "Needed for sectors of equal population; otherwise the inhabitants of each sector are told. Large cells "
            "count with the part of them that lies inside; cells without a value are not known, and count as nobody: "
            "the log tells what share of the zone the raster covers, if not all. Of several bands the first is read. "
            "A rotated raster must be warped to a grid with north up first, with its sums kept.",
        )),
        (tr("Rivers, roads or limits"), tr(
            "Lines, or polygons for their outlines. Sector boundaries follow them where that is worth the way, within "
            "the distance given; the log tells over what length, and how that changes the shares.",
        )),
        (tr("Number sectors from"), tr(
            "The end of the line from which sectors and chainage count. A ring counts from due north of its middle, "
            "counter-clockwise, or clockwise if from the east or south.",
        )),
    )
