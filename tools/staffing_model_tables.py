"""The parts of docs/staffing.md that the model computes: examples, postures, calibration, ranges and drivers."""

from __future__ import annotations

import math

import numpy as np

from buffer_zone_plugin.core.rounding import largest_remainder, round_half_up
from buffer_zone_plugin.core.staffing.build_up import (
    COMPONENTS,
    SectorInputs,
    build_up,
    components,
    patrols_per_day,
    post_count,
)
from buffer_zone_plugin.core.staffing.calibration import implied, persons_by_frontage, solve
from buffer_zone_plugin.core.staffing.draws import DRAWS, PERCENTILES, SEED, drivers, zone_draws
from buffer_zone_plugin.core.staffing.model import estimate, rotation_pool, training_staff
from buffer_zone_plugin.core.staffing.parameters import FIXED, ZONE_PARAMETERS
from buffer_zone_plugin.core.staffing.statement import told_with
from buffer_zone_plugin.core.staffing.twins import Twin, figure, nearest_zone
from tools.staffing_text import (
    AREA_KM2,
    CATALOGUE,
    CROSSINGS,
    KM2_PER_KM,
    LINE_KM,
    LONG_KM,
    NONE,
    POSTURES,
    SHORT_KM,
    TRAINEES,
    ZONES,
    percent,
    plain,
    prose,
    table,
    values_of,
    zone_of,
)

VERIFY = "verify"
DEPTH_KM = 40.0  # of the reference zone, both sides together
PUBLISHED = (4000, 60_000)  # persons, the ends of what the press told of one proposal
TWO_LINE_KM, TWO_CROSSINGS = (57.0, 43.0), (1, 0)  # of the second example
WIDEST_KM = 17.5  # between posts of a past mission
FRONTAGES = (  # km of line for each battalion, derived from lines and battalions on record
    ("UNMEE", 1000 / 3), ("UNPREDEP", 210.0), ("US squadrons, inner German border", 123.0), ("UNDOF 1993", 40.0),
    ("UNIFIL 2006", 15.0),
)
TOLD_KM = (1040.0, 1253.0)  # lengths that were told of one front


def statement() -> str:
    """Return the status line and the two lines, as a plan of the reference line tells them."""
    total = estimate(zone_of(values_of(VERIFY)), POSTURES[VERIFY], CATALOGUE).total
    return f"```text\n{told_with(POSTURES[VERIFY].label, *total.ends)}\n```"


# --- the examples --------------------------------------------------------------------------------------------------

def example() -> str:
    """Return the reference line under Verify, step by step."""
    v = values_of(VERIFY)
    zone = zone_of(v)
    part = dict(zip(COMPONENTS, components(zone, v)[0]))
    count, patrols = int(zone.posts[0]), patrols_per_day(LINE_KM, AREA_KM2, v)
    along = v["passes_per_day"] * v["n_lines"] * LINE_KM
    tracks = AREA_KM2 / (2 * v["observation_halfwidth"])
    daily = tracks / v["area_revisit"]
    operations = part["posts"] + part["patrols"] + part["crossings"]
    raised = operations + part["reserve"]
    in_units = raised + part["unit"]
    total = in_units + part["support"]
    whole = estimate(zone, POSTURES[VERIFY], CATALOGUE).central[0]
    force, trainers = int(whole.sum()), training_staff(TRAINEES, CATALOGUE)
    weeks, ratio = CATALOGUE["course_weeks"].central, CATALOGUE["trainees_per_trainer_staff"].central
    multiplier = CATALOGUE["rotation_multiplier"].central

    def p(name: str) -> str:
        return plain(v[name])

    steps = [
        ("posts, rounded up once", f"{p('n_lines')} × {plain(LINE_KM)} / {p('op_spacing')}", plain(count)),
        ("persons at posts", f"{count} × {p('op_watch')} × {p('shift_factor')}", plain(part["posts"], 1)),
        ("km along the line a day", f"{p('passes_per_day')} × {p('n_lines')} × {plain(LINE_KM)}", plain(along)),
        ("km of tracks that show the whole area", f"{plain(AREA_KM2)} / (2 × {p('observation_halfwidth')})",
         plain(tracks)),
        ("of these a day", f"{plain(tracks)} / {p('area_revisit')}", plain(daily, 1)),
        ("patrols a day, not rounded", f"({plain(along)} + {plain(daily, 1)}) / {p('patrol_km')}", plain(patrols, 3)),
        ("persons in patrols",
         f"{plain(patrols, 3)} × {p('patrol_crew')} × {p('patrol_day_fraction')} / {p('patrol_utilisation')}",
         plain(part["patrols"], 1)),
        ("persons at crossings", f"{CROSSINGS} × {p('crossing_watch')} × {p('shift_factor')}",
         plain(part["crossings"], 1)),
        ("operations", " + ".join(plain(part[name], 1) for name in COMPONENTS[:3]), plain(operations, 1)),
        ("reserve", f"{p('reserve_share')} × {plain(operations, 1)}", plain(part["reserve"], 1)),
        ("in units", f"{plain(raised, 1)} / (1 − {p('unit_overhead')})", plain(in_units, 1)),
        ("of these command and support of the units", f"{plain(in_units, 1)} − {plain(raised, 1)}",
         plain(part["unit"], 1)),
        ("zone force", f"{plain(in_units, 1)} / (1 − {p('mission_support_share')})", plain(total, 1)),
        ("of these mission support", f"{plain(total, 1)} − {plain(in_units, 1)}", plain(part["support"], 1)),
        ("**zone force, rounded once**", f"{plain(total, 1)}", f"**{plain(force)}**"),
        ("beside it: training mission",
         f"{plain(TRAINEES)} × {plain(weeks)} / 52 / {plain(ratio)}, rounded up", plain(trainers.central)),
        ("beside it: national pools", f"({plain(force)} + {plain(trainers.central)}) × {plain(multiplier)}",
         plain((force + trainers.central) * multiplier)),
    ]
    added = " + ".join(f"{plain(int(persons))} {name}" for persons, name in zip(whole, COMPONENTS))
    rows = [(number, *step) for number, step in enumerate(steps, start=1)]
    return "\n\n".join((
        table(("", "what", "sum", "result"), rows, right=(3,)),
        prose(f"In whole persons, by largest remainders, the parts are {added} = {plain(force)}."),
    ))


def two_sectors() -> str:
    """Return the second example: two sectors, and what becomes of the fractions."""
    v = values_of(VERIFY)
    line_km = sum(TWO_LINE_KM)
    count = post_count(line_km, v)
    step = line_km / count
    first = sum((i + 0.5) * step < TWO_LINE_KM[0] for i in range(count))
    posts = (first, count - first)
    area = [KM2_PER_KM * km for km in TWO_LINE_KM]
    zone = SectorInputs(list(TWO_LINE_KM), area, list(posts), list(TWO_CROSSINGS))
    real = components(zone, v)
    by_sector = real.sum(axis=1)
    total = round_half_up(float(by_sector.sum()))
    quota = total * by_sector / by_sector.sum()
    shared = largest_remainder(by_sector, total)
    alone = [math.ceil(km / v["op_spacing"]) for km in TWO_LINE_KM]
    floors = [math.floor(value) for value in quota]
    rounded = [round_half_up(float(value)) for value in by_sector]
    rows = [
        ("line, km", *map(plain, TWO_LINE_KM), plain(line_km)),
        ("area, km²", *map(plain, area), plain(sum(area))),
        ("crossings", *TWO_CROSSINGS, sum(TWO_CROSSINGS)),
        ("posts", *posts, count),
        *((f"persons: {name}", *(plain(value, 2) for value in real[:, k]), plain(real[:, k].sum(), 2))
          for k, name in enumerate(COMPONENTS)),
        ("real persons", *(plain(value, 2) for value in by_sector), plain(by_sector.sum(), 2)),
        (f"quota: {total} × real / {plain(by_sector.sum(), 2)}", *(plain(value, 2) for value in quota), total),
        ("rounded down", *floors, sum(floors)),
        ("**persons**", *(f"**{persons}**" for persons in shared), f"**{total}**"),
    ]
    told = (
        f"{count} posts stand every {plain(step, 2)} km, the first after half of that: at {plain(step / 2, 1)}, "
        f"{plain(step * 1.5, 1)} … {plain(step * (first - 0.5), 1)} km in S1, from {plain(step * (first + 0.5), 1)} km "
        f"on in S2. Rounded up in each sector they would be {alone[0]} + {alone[1]} = {sum(alone)}. Each sector "
        f"rounded by itself would give {rounded[0]} + {rounded[1]} = {sum(rounded)} persons; the total is {total}, so "
        f"the sector with the larger remainder ({plain(max(quota % 1), 2)}) gets the person that is left."
    )
    return f"{table(('', 'S1', 'S2', 'both'), rows, right=(1, 2, 3))}\n\n{prose(told)}"


def rounding_up() -> str:
    """Return what rounding posts up in every sector would do to the reference line."""
    v = values_of(VERIFY)
    once = post_count(LINE_KM, v)
    each = {sectors: sectors * post_count(LINE_KM / sectors, v) for sectors in (24, 48)}
    told = " and ".join(
        f"{count} in {sectors} equal sectors ({percent(count / once - 1)})" for sectors, count in each.items()
    )
    return prose(
        f"Were posts rounded up in every sector, the {once} of Verify on {plain(LINE_KM)} km would become {told}."
    )


# --- postures and published totals ---------------------------------------------------------------------------------

def postures() -> str:
    """Return the values of the four postures, and what they come to on the reference line."""
    names = list(POSTURES)
    values = {name: values_of(name) for name in names}
    zones = {name: zone_of(values[name]) for name in names}
    real = {name: components(zones[name], values[name])[0] for name in names}
    force = {name: estimate(zones[name], POSTURES[name], CATALOGUE) for name in names}
    total = {name: force[name].total.central for name in names}

    def row(what: str, each) -> tuple[str, ...]:
        return (what, *(each(name) for name in names))

    set_by_any = [key for key in ZONE_PARAMETERS if any(key in POSTURES[name].values for name in names)]
    rows = [row(f"`{key}`", lambda name, key=key: plain(values[name][key])) for key in set_by_any]
    rows += [
        row("**on the reference line**", lambda name: ""),
        row("posts", lambda name: plain(int(zones[name].posts[0]))),
        row("patrols a day", lambda name: plain(patrols_per_day(LINE_KM, AREA_KM2, values[name]), 1)),
        row("persons at posts + in patrols + at crossings",
            lambda name: " + ".join(plain(part, 0) for part in real[name][:3])),
        row("with reserve / in units",
            lambda name: f"{plain(real[name][:4].sum(), 0)} / {plain(real[name][:5].sum(), 0)}"),
        row("**zone force, central**", lambda name: f"**{plain(total[name])}**"),
        row("the same on 1,000 … 1,250 km", lambda name: " … ".join(_along(name, km) for km in (SHORT_KM, LONG_KM))),
        row("persons per km of line", lambda name: figure(total[name] / LINE_KM)),
        row("persons per 100 km²", lambda name: figure(total[name] / AREA_KM2 * 100)),
        row("nearest past mission by density", lambda name: _twin(total[name], verified_only=True)),
        row("nearer, but with a weak source", lambda name: _weak(total[name])),
        row("in national pools, beside it", lambda name: plain(force[name].pool.central)),
    ]
    head = ("", *(POSTURES[name].label for name in names))
    return table(head, rows, right=tuple(range(1, len(head))))


def purposes() -> str:
    """Return what each posture is there to do."""
    return "\n".join(prose(f"* **{posture.label}**: {posture.description}") for posture in POSTURES.values())


def tenfold() -> str:
    """Return how far the postures lie apart on the reference line."""
    total = {name: estimate(zone_of(values_of(name)), POSTURES[name], CATALOGUE).total.central for name in POSTURES}
    return prose(
        f"From Verify to Interpose the total grows {total['interpose'] / total[VERIFY]:.1f} times; from Observe to "
        f"Interpose, the farthest two, {total['interpose'] / total['observe']:.0f} times."
    )


def _along(name: str, line_km: float) -> str:
    values = values_of(name)
    return plain(round_half_up(float(components(zone_of(values, line_km), values).sum())))


def _twin(persons: float, verified_only: bool = False) -> str:
    twin = nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, verified_only=verified_only)
    return NONE if twin is None else _called(twin)


def _weak(persons: float) -> str:
    """Return the nearest mission of any source if it is another than the nearest verified one."""
    nearest = _twin(persons)
    return NONE if nearest == _twin(persons, verified_only=True) else nearest


def _called(twin: Twin) -> str:
    return f"{twin.zone.name} ({figure(twin.zone_per_km)} per km)"


def calibration() -> str:
    """Return what the published totals imply."""
    rows = [
        ("persons per km of line (on 1,000 … 1,250 km)", *(_per_km(total) for total in PUBLISHED)),
        ("persons per km² of the zone", *(f"{total / AREA_KM2:.3f}" for total in PUBLISHED)),
        ("the same, were area length times depth", *(f"{total / LINE_KM / DEPTH_KM:.3f}" for total in PUBLISHED)),
        ("km of line per battalion of 850, if 65 % of the force sit in battalions",
         *(plain(implied(total, LINE_KM, AREA_KM2).km_per_battalion, 0) for total in PUBLISHED)),
        ("nearest past mission by density", *(_twin(total, verified_only=True) for total in PUBLISHED)),
        *((f"a post every … km under {POSTURES[name].label}", *(_spacing(name, total) for total in PUBLISHED))
          for name in POSTURES),
        ("… under Verify, after a training mission of 20,000 a year",
         *(_spacing(VERIFY, total - training_staff(TRAINEES, CATALOGUE).central) for total in PUBLISHED)),
        ("share of posts without crew under Verify, a post every 8 km",
         *(_solved("sensor_share", VERIFY, total, ".0%") for total in PUBLISHED)),
        ("persons on watch at a post under Interpose, a post every 2.5 km",
         *(_solved("op_watch", "interpose", total, ".1f") for total in PUBLISHED)),
    ]
    return table(("implied on the reference line", *map(plain, PUBLISHED)), rows, right=(1, 2))


def bought() -> str:
    """Return in words what the published totals buy."""
    few, many = PUBLISHED
    trainers = training_staff(TRAINEES, CATALOGUE).central
    interpose = estimate(zone_of(values_of("interpose")), POSTURES["interpose"], CATALOGUE).total.central
    both = "verify_both_edges"
    battalion = plain(implied(few, LINE_KM, AREA_KM2).km_per_battalion, 0)
    return "\n".join(map(prose, (
        f"* **{plain(few)}** buys Verify on one line with a post every {_spacing(VERIFY, few)} km instead of 8, or "
        f"with {_solved('sensor_share', VERIFY, few, '.0%')} of the posts as sensors. With {battalion} km for a "
        f"battalion it is thinner than UNMEE (300 to 333). It has no room for a training mission of {plain(trainers)} "
        f"(a post every {_spacing(VERIFY, few - trainers)} km would be left) nor for both edges (every "
        f"{_spacing(both, few)} km); the widest spacing on record is {plain(WIDEST_KM)} km.",
        f"* **{plain(many)}** buys Interpose with a post every {_spacing('interpose', many)} km or a watch of "
        f"{_solved('op_watch', 'interpose', many, '.1f')}; with the manning of Verify, a post every "
        f"{_spacing(both, many)} km on both edges. Interpose with a training mission of {plain(trainers)} takes "
        f"{plain(interpose + trainers)}.",
        "* The two are not the ends of one uncertainty. They are two missions: watching, and standing between.",
    )))


def frontage() -> str:
    """Return the check from outside the model: battalions along the reference line."""
    rows = []
    for name, km in FRONTAGES:
        battalions, supported = persons_by_frontage(LINE_KM, km)
        rows.append((name, plain(km, 0), plain(round(battalions, -2), 0), plain(round(supported, -2), 0)))
    head = ("as dense as", "km per battalion", "persons in battalions of 850", "with 30 % support")
    return table(head, rows, right=(1, 2, 3))


def _per_km(total: float) -> str:
    short, long = total / SHORT_KM, total / LONG_KM
    return f"{figure(total / LINE_KM)} ({figure(short)} … {figure(long)})"


def _solve(name: str, posture: str, total: float) -> float | None:
    return solve(name, total, SectorInputs([LINE_KM], [AREA_KM2], [0], [CROSSINGS]), values_of(posture))


def _solved(name: str, posture: str, total: float, style: str) -> str:
    found = _solve(name, posture, total)
    return NONE if found is None else f"{found:{style}}".replace("%", " %")


def _spacing(posture: str, total: float) -> str:
    """Return the spacing of posts that makes a posture take a total; else what it takes without any post."""
    found = _solve("op_spacing", posture, total)
    if found is not None:
        return f"{found:.0f}" if found >= 10 else f"{found:.1f}"
    values = values_of(posture)
    patrols = patrols_per_day(LINE_KM, AREA_KM2, values)
    return f"none: {plain(float(sum(build_up(0.0, 0.0, patrols, CROSSINGS, values))), 0)} without any post"


# --- ranges and drivers --------------------------------------------------------------------------------------------

def ranges() -> str:
    """Return the range of each posture on the reference line, and what stacked extremes would give."""
    rows = []
    for name, posture in POSTURES.items():
        zone = zone_of(values_of(name))
        total = estimate(zone, posture, CATALOGUE).total
        median = float(np.median(zone_draws(zone, posture, CATALOGUE)))
        rows.append((
            posture.label, plain(total.low), plain(total.central), plain(median, 0), plain(total.high),
            f"{percent(total.low / total.central - 1)} … {percent(total.high / total.central - 1)}",
        ))
    head = ("reference line", "5 %", "central", "median", "95 %", "from the centre")
    return table(head, rows, right=(1, 2, 3, 4, 5))


def method() -> str:
    """Return how the range is drawn."""
    low, high = PERCENTILES
    return prose(
        f"Each parameter is drawn {plain(DRAWS)} times from a triangular distribution (seed {SEED}: the same input "
        f"gives the same range); low and high are the {low:g}th and {high:g}th percentile of the total."
    )


def stacked() -> str:
    """Return what all parameters at one end would give."""
    low, high = (_all_at(end) for end in ("low", "high"))
    return prose(
        f"Never take all low values together, nor all high ones: that runs from {plain(low)} to {plain(high)} persons "
        f"({high / low:.0f} times as many, temporary posts left out) and describes no mission."
    )


def _all_at(end: str) -> int:
    """Return the total with every parameter at one end, on the reference line; temporary posts left out."""
    values = {name: getattr(parameter, end) for name, parameter in CATALOGUE.items()}
    values["temp_posts"] = 0.0
    return round_half_up(float(components(zone_of(values), values).sum()))


def drivers_table() -> str:
    """Return what each parameter does to the total of Verify on the reference line."""
    found = drivers(zone_of(values_of(VERIFY)), POSTURES[VERIFY], CATALOGUE)
    rows = [
        (rank, f"`{d.parameter.name}`", plain(d.low), plain(d.central), plain(d.high), plain(d.persons_low),
         plain(d.persons_high), plain(d.swing))
        for rank, d in enumerate((d for d in found if d.swing), start=1)
    ]
    still = [d.parameter.name for d in found if not d.swing]
    idle = [name for name in still if name not in FIXED]
    head = ("", "parameter", "low", "central", "high", "persons at low", "persons at high", "swing")
    return "\n\n".join((
        table(head, rows, right=(0, 2, 3, 4, 5, 6, 7)),
        prose(f"No range of their own, as they are choices: {_named(FIXED)}. Nothing to act on here: {_named(idle)}."),
    ))


def choices() -> str:
    """Return what choices and the zone itself do to the total of Verify."""
    v = values_of(VERIFY)
    line_short, line_long = TOLD_KM
    rows = [
        ("posts along both edges instead of one line", _whole(v), _whole({**v, "n_lines": 2})),
        ("half of the posts without crew", _whole(v), _whole({**v, "sensor_share": 0.5})),
        (f"line of {plain(line_short)} km, {plain(line_long)} km", _whole(v, line_short), _whole(v, line_long)),
        ("zone 10 km deep, 40 km deep", _whole(v, area_km2=AREA_KM2 / 4), _whole(v)),
    ]
    rows = [(what, plain(low), plain(high), percent(high / low - 1)) for what, low, high in rows]
    return table(("Verify on the reference line", "persons", "persons", "change"), rows, right=(1, 2, 3))


def _whole(values: dict[str, float], line_km: float = LINE_KM, area_km2: float | None = None) -> int:
    return round_half_up(float(components(zone_of(values, line_km, area_km2), values).sum()))


def _named(names) -> str:
    return ", ".join(f"`{name}`" for name in names)


def training() -> str:
    """Return the staff and the range of two training missions."""
    few, pool = training_staff(TRAINEES, CATALOGUE), CATALOGUE["rotation_multiplier"].central
    force = estimate(zone_of(values_of(VERIFY)), POSTURES[VERIFY], CATALOGUE).total
    held = rotation_pool(force, few, CATALOGUE).central
    return prose(
        f"{plain(TRAINEES)} trainees a year take {plain(few.central)} training staff ({plain(few.low)} to "
        f"{plain(few.high)}); with Verify on the reference line nations hold {plain(held)} persons in all, "
        f"{plain(pool)} for each deployed."
    )
