"""Does a line run the same way as another one? Side A must not jump across because a line was drawn backwards.

Lines of different dates need not touch: what counts is in which order the places along one lie along the other.
Coordinates are longitude/latitude on WGS 84 (degrees).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from .arrangement import nearest_of
from .contact_line import clean
from .features import InputFeature
from .geodesy import Array, LocalPlane

PLACES = 400  # along all parts of the line
ON_THE_WAY = 0.5  # of a part: a longer step between neighbouring places leaps over the start of a ring


def parts_with_a_left(lines: Sequence[InputFeature], gap_m: float) -> list[Array]:
    """Return the parts of a contact line (n, 2), turned so that side A lies on their left as they were drawn.

    Rings count where there is nothing else: of a pocket beside a front, the direction says nothing.

    Parameters
    ----------
    gap_m : as `contact_line.clean` takes it

    Raises
    ------
    PlanError : as `contact_line.clean`
    """
    chains = clean(lines, gap_m).chains
    telling = [chain for chain in chains if not chain.closed] or chains
    return [part if chain.left_is_a else part[::-1] for chain in telling for part in chain.parts]


def agreement(parts: Sequence[Array], others: Sequence[Array]) -> float:
    """Return how far parts run the same way as other ones: 1 all along, -1 against them, about 0 across.

    Places along the parts are brought to the nearest place of the others: the way forward there, less that back, as a
    share of the way from place to place.

    Parameters
    ----------
    parts, others : polylines (n, 2)
    """
    plane = LocalPlane(np.concatenate([*parts, *others]))
    theirs = shapely.STRtree([shapely.linestrings(plane.forward(part)) for part in others])
    mine = [shapely.linestrings(plane.forward(part)) for part in parts]
    step = sum(line.length for line in mine) / PLACES
    onward = way = 0.0
    for line in mine:
        places = shapely.line_interpolate_point(line, np.arange(step / 2, max(line.length, step), step))
        _, which = nearest_of(theirs, shapely.get_coordinates(places))
        near = theirs.geometries[which]
        along = np.diff(shapely.line_locate_point(near, places))
        same = (which[1:] == which[:-1]) & (np.abs(along) <= ON_THE_WAY * shapely.length(near[1:]))
        onward += float(along[same].sum())
        way += float(shapely.distance(places[1:], places[:-1])[same].sum())
    return float(np.clip(onward / way, -1.0, 1.0)) if way > 0 else 0.0
