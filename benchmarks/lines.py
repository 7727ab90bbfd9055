"""The lines that everything is measured on: fractal fronts of any number of vertices, the same at every run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyproj import Proj

CORNERS = np.array([
    (32.05, 46.55), (33.35, 46.75), (34.35, 47.45), (35.75, 47.55), (36.9, 47.75), (37.55, 47.95), (37.45, 48.45),
    (38.0, 48.75), (37.75, 49.25), (37.55, 49.75), (36.6, 50.05),
])
CENTRE = 35.0, 48.3
SMOOTHER = 0.965  # the roughness of each level as a share of the one before
FARTHEST_ASIDE = 0.45  # of the edge's length
ALONG, FARTHEST_ALONG = 0.06, 0.2  # how far the new vertex lies from the middle: spread and most


@dataclass(frozen=True)
class Front:
    """A kind of line: ``roughness`` is how far an edge's middle is moved aside, as a share of its length, doubled."""

    name: str
    text: str
    roughness: float
    seed: int


SMOOTH = Front("smooth", "a front of about a thousand kilometres", 0.36, 7)
ROUGH = Front("rough", "a strongly folded front that crosses itself", 0.75, 4)
FRONTS = SMOOTH, ROUGH


def front(kind: Front, vertices: int) -> np.ndarray:
    """Longitude/latitude (n, 2) of a front: the middle of every edge displaced until there are enough, then thinned.

    More vertices add detail to the same curve.
    """
    rng = np.random.default_rng(kind.seed)
    plane = Proj(proj="tmerc", lon_0=CENTRE[0], lat_0=CENTRE[1], ellps="WGS84")
    xy = np.column_stack(plane(*CORNERS.T))
    roughness = kind.roughness
    while len(xy) < vertices:
        xy = _doubled(xy, roughness, rng)
        roughness *= SMOOTHER
    kept = np.unique(np.linspace(0, len(xy) - 1, vertices).round().astype(int))
    return np.column_stack(plane(*xy[kept].T, inverse=True))


def _doubled(xy, roughness, rng):
    step = np.diff(xy, axis=0)
    aside = rng.normal(0, roughness / 2, len(step)).clip(-FARTHEST_ASIDE, FARTHEST_ASIDE)[:, None]
    along = 0.5 + rng.normal(0, ALONG, len(step)).clip(-FARTHEST_ALONG, FARTHEST_ALONG)[:, None]
    doubled = np.empty((2 * len(xy) - 1, 2))
    doubled[::2] = xy
    doubled[1::2] = xy[:-1] + along * step + aside * np.column_stack([-step[:, 1], step[:, 0]])
    return doubled
