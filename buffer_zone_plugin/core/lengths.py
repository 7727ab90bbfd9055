"""How long is the contact line? It depends on how finely it is drawn: the length at several generalisations.

A coast-like line grows without end as it is drawn more finely (L. F. Richardson 1961; B. Mandelbrot, Science 156,
1967). A length is therefore told together with the detail that it was measured at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from .geodesy import Array, LocalPlane, path_length

GENERALISATIONS_M = (1_000.0, 5_000.0, 10_000.0)


def generalised_lengths(parts: Sequence[Array], plane: LocalPlane) -> tuple[tuple[float, float], ...]:
    """Return pairs of a generalisation and the line's length at it, metres; the first is 0, the line as it is.

    Parameters
    ----------
    parts : polylines in longitude/latitude, each (n, 2)
    plane : the plane in which they are simplified (Douglas and Peucker 1973), ends kept
    """
    flat = [shapely.linestrings(plane.forward(part)) for part in parts]
    scale = [float(np.median(plane.scale(shapely.get_coordinates(line)))) for line in flat]
    found = [(0.0, sum(path_length(part) for part in parts))]
    for tolerance in GENERALISATIONS_M:
        simple = shapely.simplify(flat, tolerance * np.array(scale))
        found.append((tolerance, sum(path_length(plane.inverse(shapely.get_coordinates(line))) for line in simple)))
    return tuple(found)
