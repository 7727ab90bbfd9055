"""The run record: what a plan was made from, by what, and what was measured, so that it can be made again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from .features import InputFeature
from .staffing.statement import STATUS


def fingerprint(features: Iterable[InputFeature], values: Sequence[object] = ()) -> str:
    """Return the SHA-256 of the input's geometries (WKB, longitude/latitude) in their order, and of a field's values.

    Values that are all None, of layers of which no field was read, change nothing.
    """
    digest = hashlib.sha256()
    for feature in features:
        digest.update(shapely.to_wkb(feature.geometry) if feature.geometry is not None else b"")
    if any(value is not None for value in values):
        digest.update(json.dumps([str(value) for value in values]).encode())
    return digest.hexdigest()


def array_fingerprint(*arrays: NDArray[np.float64]) -> str:
    """Return the SHA-256 of arrays in their order."""
    digest = hashlib.sha256()
    for values in arrays:
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of what the core computes with, for the record and for bug reports."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
        "pyproj": pyproj.__version__,
        "proj": pyproj.__proj_version__,
    }


def make_record(
    parameters: str, statement: str, lines: Sequence[InputFeature], context: Sequence[tuple[str, str]],
    figures: Sequence[tuple[str, str]], notes: Sequence[str],
) -> tuple[tuple[str, str], ...]:
    """Return the record as ordered pairs of key and value.

    Parameters
    ----------
    parameters : what was asked, as JSON
    statement : what the figures of persons mean
    lines : the input's features
    context : what the caller knows: source, plugin and QGIS versions, time
    figures : what was measured on the result
    notes : what was mended or needs attention
    """
    return (
        ("status", STATUS),
        ("statement", statement),
        *context,
        ("parameters", parameters),
        ("input_features", str(len(lines))),
        ("input_vertices", str(sum(shapely.get_num_coordinates(line.geometry) for line in lines))),
        ("input_sha256", fingerprint(lines)),
        *figures,
        ("notes", "; ".join(notes)),
        ("versions", json.dumps(versions(), sort_keys=True)),
    )
