"""What is a field and a layer of ours? Names are stable, lower case and English; aliases are the user's language."""

from __future__ import annotations

from dataclasses import dataclass

INT, REAL, TEXT, DATE, DATETIME = "int", "real", "text", "date", "datetime"
POLYGON, LINE, POINT, TABLE = "MultiPolygon", "MultiLineString", "Point", "NoGeometry"
KM, KM2, METRE, PERSONS, DEGREE = "km", "km²", "m", "persons", "°"
PERCENT, SHARE = "%", "0–1"


@dataclass(frozen=True)
class FieldDef:
    """A field: ``kind`` is int, real, text, date or datetime; ``unit`` km, km², m, °, persons, %, 0–1 or empty."""

    name: str
    kind: str
    unit: str
    alias: str
    description: str

    @property
    def label(self) -> str:
        """The alias with its unit, such as ``Area (km²)``; persons need no unit."""
        return f"{self.alias} ({self.unit})" if self.unit not in ("", PERSONS) else self.alias


@dataclass(frozen=True)
class LayerDef:
    """A layer: ``role`` is its name in a GeoPackage and its style's name, ``geometry`` a WKB type or NoGeometry."""

    role: str
    title: str
    geometry: str
    fields: tuple[FieldDef, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)
