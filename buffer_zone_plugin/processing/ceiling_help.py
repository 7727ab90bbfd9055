"""What does an algorithm tell its user about a ceiling of persons?"""

from __future__ import annotations

from ..compat import tr
from .help_page import Entry, page_of
from .plan_help import plan_entries
from .staffing_help import estimate_limits


def fit_ceiling_help() -> str:
    """Return the help of `bufferzone:fitceiling`."""
    return page_of(
        tr(
            "The inverse of Plan buffer zone: given how many persons there may be, tells which plans keep to that, and "
            "the largest depth that does in each posture. Each row holds the figures that Plan buffer zone gives for "
            "the same values.",
        ),
        (*ceiling_entries(), *plan_entries()),
        ceiling_output_entries(),
        (
            estimate_limits(),
            tr(
                "A plan that fits is one whose stated posts, patrols and crossings take no more persons than the "
                "ceiling. Which of them is better, and on whose side the ground should lie, is not judged.",
            ),
            tr("Planning estimate, without prejudice to status."),
        ),
    )


def ceiling_entries() -> tuple[Entry, ...]:
    """Return the help of the parameters on a ceiling, and of what is tried under it."""
    return (
        (tr("Ceiling"), tr(
            "Persons at most: zone force and, if there are trainees, training mission. 0: the fixed numbers that "
            "contributors pledge, within their caps (France=3000 persons; Poland=500 persons); their shares are no "
            "pledge, and who is pledged for training serves nothing else. The log tells which pledges count.",
        )),
        (tr("What must keep to the ceiling"), tr(
            "The low end, the central estimate or the high end of a plan's range. The log tells first how many plans "
            "fit with each.",
        )),
        (tr("Depths to try"), tr(
            "Numbers in km with commas between, and ranges such as 5-40/5: from, to and step; the last number is "
            "always in it. The largest depth is searched between them, to 0.1 km.",
        )),
        (tr("Who has the depth"), tr(
            "Each side; one of them only; or the side that is deeper below, and the other less in that proportion. A "
            "depth that was quoted for both sides together has to be divided.",
        )),
        (tr("Postures, spacings, shares of sensors"), tr(
            "Every combination is tried with every depth, at most 500 plans. Left empty, spacing and share are those "
            "of the posture, and the posture is the one below. A posture of your own takes the place of all. Spacings "
            "and shares are lists as for the depths; a share is 0 to 1.",
        )),
        (tr("Other parameters"), tr(
            "Those of Plan buffer zone. Sectors and bands change no figure here; they are kept for the plan that is "
            "made from a row, bands as far as its zone reaches.",
        )),
    )


def ceiling_output_entries() -> tuple[Entry, ...]:
    """Return the help of the layers and tables on a ceiling."""
    return (
        (tr("Plans under a ceiling"), tr(
            "All plans that were tried: posture, spacing, sensors, depths, area, inhabitants, persons low, central and "
            "high, whether it fits and by how many persons. A plan is dominated if another one takes no more persons, "
            "has at least its area and posture, and is better in one of the three. The field spec holds all "
            "parameters.",
        )),
        (tr("Largest plans under a ceiling"), tr(
            "One row for each posture, spacing and share of sensors: the largest depth that fits, or that all do or "
            "none, and the closest posts and fewest sensors with which every depth would fit.",
        )),
        (tr("Largest zones under a ceiling"), tr("Their zones, the smallest on top.")),
        (tr("Charts"), tr(
            "Persons over area, with a line for each posture and each way to man it: PNG and SVG in the folder given. "
            "Small marks do not fit, hollow ones are dominated.",
        )),
        (tr("Figures"), tr("How many plans were tried, how many fit, and the largest depth of all that fit.")),
    )
