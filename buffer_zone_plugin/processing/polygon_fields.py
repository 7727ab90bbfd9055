"""What becomes of the fields of polygons that are staffed? None is lost: those in the way have other names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.core import QgsFeature, QgsField, QgsFields

from ..compat import plain, tr

FID, GEOMETRY = "fid", ("geom", "geometry")  # names that a GeoPackage keeps for itself
NUMBER = "sector_id"
OURS = ("posture", "statement")  # of layers that this plugin wrote: their figures of staffing are replaced
SUFFIX = "_input"

Kept = list[tuple[int, str]]


def kept_fields(fields: QgsFields, features: Sequence[QgsFeature], added: QgsFields) -> Kept:
    """Return the indices of the fields to keep, and the name of each in the output.

    Those that staffing adds, and that GeoPackages keep for themselves, get another name. Of a layer that this plugin
    wrote, the former figures of staffing give way to the new ones.
    """
    ours = all(fields.lookupField(name) >= 0 for name in OURS)
    taken = {field.name().casefold() for field in (*fields, *added)}
    found: Kept = []
    for index, field in enumerate(fields):
        name = field.name()
        if added.lookupField(name) >= 0 and ours:
            continue
        if added.lookupField(name) >= 0 or _is_reserved(index, field, features):
            name = _free(f"{name}{SUFFIX}", taken)
            taken.add(name.casefold())
        found.append((index, name))
    return found


def renamed(fields: QgsFields, kept: Kept) -> Iterator[str]:
    """Yield the sentence on fields that have another name in the output, if some have."""
    others = [(fields.at(index).name(), name) for index, name in kept if fields.at(index).name() != name]
    if others:
        listed = ", ".join(tr("{field} is now {name}").format(field=field, name=name) for field, name in others)
        yield tr("Fields in the way of those of staffing, or of a GeoPackage, have other names: {fields}").format(
            fields=listed,
        )


def renamed_field(field: QgsField, name: str) -> QgsField:
    """Return a copy of a field with a name."""
    copy = QgsField(field)
    copy.setName(name)
    return copy


def numbers_of(fields: QgsFields, features: Sequence[QgsFeature]) -> tuple[int, ...]:
    """Return the numbers of polygons: a plan's ``sector_id`` if each has its own, or else 1, 2, 3 in their order."""
    index = fields.lookupField(NUMBER)
    told = [plain(feature[index]) for feature in features] if index >= 0 else []
    whole = [value for value in told if isinstance(value, int) and not isinstance(value, bool)]
    return tuple(whole) if told and len(set(whole)) == len(features) else tuple(range(1, len(features) + 1))


def _is_reserved(index: int, field: QgsField, features: Sequence[QgsFeature]) -> bool:
    """Tell whether a GeoPackage would refuse a field: one named as its geometry, or as its key without being one."""
    name = field.name().casefold()
    if name != FID:
        return name in GEOMETRY
    values = [plain(feature[index]) for feature in features]
    return not all(isinstance(value, int) for value in values) or len(set(values)) < len(values)


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no other field has."""
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name}_{number}", number + 1
    return found
