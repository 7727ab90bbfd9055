"""The gallery of docs/sectors.md: public lines, each with some depths and numbers of sectors."""

from __future__ import annotations

import sqlite3
import textwrap

import matplotlib.pyplot as plt
import numpy as np
import shapely
from sector_drawing import KM_PER_DEGREE, bare, draw, features, plan_of, save

from buffer_zone_plugin.core.errors import PlanError

GALLERY = (
    ("inner_german_border", "lines_ceasefire_public.gpkg", "The inner-German border, 963 km", "Natural Earth"),
    ("korea_mdl_lsib", "lines_ceasefire_public_fetched.gpkg", "The Military Demarcation Line in Korea, 238 km",
     "US Department of State, LSIB"),
    ("transnistria_raw", "lines_ceasefire_public.gpkg", "The line along the Dniester, 342 km in 40 parts",
     "Natural Earth"),
    ("karabakh_ceasefire_1994", "lines_ceasefire_public.gpkg", "The ceasefire line of 1994 in Karabakh, 203 km in 9 "
     "parts", "Natural Earth"),
    ("berlin_ring", "lines_ceasefire_public.gpkg", "A ring: the limits of Berlin, 151 km", "Natural Earth"),
    ("baarle_enclaves", "robust_public.gpkg", "Enclaves: the border at Baarle, 58 km, 21 rings",
     "© OpenStreetMap contributors, ODbL 1.0"),
)
GALLERY_KM, GALLERY_SECTORS, MOST_NUMBERED = (2, 10, 40), (4, 12, 40), 20
NARROW = 0.02  # of its extent: a zone less deep is drawn with thin lines
GPKG_ENVELOPES = (0, 32, 48, 48, 64)  # bytes of a GeoPackage geometry header's envelope, by its flag


def gallery(folder):
    """Draw a picture of each public line that is there."""
    for layer, file, title, source in GALLERY:
        if not (folder / file).is_file():
            print(f"{layer} left out: {file} is not there")
            continue
        lines = features(read_lines(folder / file, layer))
        figure, panels = plt.subplots(3, 3, figsize=(10, 0.4 + 3 * row_inches(lines)), layout="constrained")
        for row, depth_km in zip(panels, GALLERY_KM):
            for axes, count in zip(row, GALLERY_SECTORS):
                gallery_panel(axes, lines, depth_km, count)
        figure.suptitle(f"{title}, equal area. Line: {source}", fontsize=10)
        save(figure, f"gallery-{layer.split('_')[0]}")


def read_lines(path, layer):
    """Return the geometries of a GeoPackage layer: well-known binary behind a header of known length."""
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        (column,) = connection.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
        ).fetchone()
        blobs = [row[0] for row in connection.execute(f'SELECT "{column}" FROM "{layer}"')]  # noqa: S608 - our names
    return [shapely.from_wkb(blob[8 + GPKG_ENVELOPES[blob[3] >> 1 & 7] :]) for blob in blobs]


def row_inches(lines):
    """Return how high a row of panels is to be, so that a line fills it."""
    west, south, east, north = shapely.total_bounds([line.geometry for line in lines])
    return float(np.clip(3.2 * (north - south) / (east - west) / np.cos(np.radians((south + north) / 2)), 2.2, 5.0))


def gallery_panel(axes, lines, depth_km, count):
    """Draw one combination, or the sentence that refuses it."""
    axes.set_title(f"{depth_km} km, {count} sectors", fontsize=8)
    try:
        plan = plan_of(lines, split="equal_area", sectors=count, depth_a_m=depth_km * 1e3, depth_b_m=depth_km * 1e3)
    except PlanError as error:
        bare(axes)
        text = "\n".join([*textwrap.wrap(f"Refused: {error.message}.", 34), "", *textwrap.wrap(error.hint, 34)])
        axes.text(0.5, 0.5, text, fontsize=8, ha="center", va="center", transform=axes.transAxes)
        return
    draw_gallery(axes, plan)


def draw_gallery(axes, plan):
    """Draw a plan small."""
    west, south, east, north = shapely.bounds(plan.zone.geometry)
    narrow = plan.spec.depth_max_m / 1e3 < NARROW * KM_PER_DEGREE * max(east - west, north - south)
    draw(
        axes, plan, numbers=7, line=0.3 if narrow else 0.8, every=1 if len(plan.sectors) < MOST_NUMBERED else 5,
        edge=0.25 if narrow else 0.7,
    )
