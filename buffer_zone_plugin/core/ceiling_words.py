"""What does a ceiling of persons buy? Sentences with two significant figures, ranges first; nothing is recommended."""

from __future__ import annotations

from .ceiling import ALL, NONE, PART, Answer, Fitted, Largest
from .ceiling_question import ENDS
from .mannings import SENSORS, SPACING, Manning
from .plan_inputs import PlanInputs
from .scales import M_PER_KM
from .staffing.calibration import BATTALION, IN_BATTALIONS, implied
from .staffing.statement import TAKES, told_persons, two_figures
from .staffing.twins import nearest_zone, twin_sentence
from .staffing.words import ranged

FAR = 2  # times the widest spacing of posts on record: beyond it a line has next to none
MOST_TOLD = 12  # postures, spacings and sensors that have a sentence each; a table tells the others
COUNTED = {"low": "at the low end of their range", "central": "centrally", "high": "at the high end"}
CALLED = {"low": "the low end", "central": "the central estimate", "high": "the high end"}


def ceiling_words(answer: Answer, inputs: PlanInputs) -> tuple[str, ...]:
    """Return sentences on how many plans fit, what the ceiling is on the ground, and what it buys in each posture."""
    untold = len(answer.largest) - MOST_TOLD
    return (
        _counts(answer), *_density(answer, inputs),
        *(_bought(one, answer, inputs) for one in answer.largest[:MOST_TOLD]),
        *([f"{untold} more ways to man them are in the table of the largest plans"] if untold > 0 else []), TAKES,
    )


def failures_told(answer: Answer) -> tuple[str, ...]:
    """Return a sentence for each depth that cannot be planned."""
    return tuple(f"A depth of {depth / M_PER_KM:g} km cannot be planned: {reason}" for depth, reason in answer.failed)


def depths_told(plan: Fitted) -> str:
    """Return the depths of a plan's sides as texts tell them, such as ``20 + 10 km``."""
    return " + ".join(f"{depth / M_PER_KM:.6g}" for depth in (plan.spec.depth_a_m, plan.spec.depth_b_m)) + " km"


def manning_told(manning: Manning, answer: Answer) -> str:
    """Return a posture as sentences call it, with the spacing and the sensors that were tried."""
    told = [manning.title]
    if answer.question.spacings_km:
        told.append(f"a post every {manning.values[SPACING]:g} km")
    if answer.question.sensor_shares:
        told.append(f"{manning.values[SENSORS]:.0%} of them sensors".replace("%", " %"))
    return ", ".join(told)


def _counts(answer: Answer) -> str:
    question, plans = answer.question, f" of {len(answer.plans)} {'plan' if len(answer.plans) == 1 else 'plans'}"
    counts = ", ".join(
        f"for {answer.fitting(end)}{plans if end == ENDS[0] else ''} {COUNTED[end]}" for end in ENDS
    )
    told = f"{_with_verb(question.persons, 'is', 'are')} enough {counts}; what follows goes by {CALLED[question.end]}"
    trained = answer.plans[0].need.training.central
    if not trained:
        return told
    pledged = f", {question.for_training:,} of them pledged beside the ceiling," if question.for_training else ""
    return f"{told}; the training mission of {two_figures(trained):,}{pledged} is counted with them"


def _density(answer: Answer, inputs: PlanInputs) -> tuple[str, ...]:
    """Return what the ceiling is on the ground of the deepest plan."""
    persons, ground = answer.question.persons, answer.largest[0].deepest.extent
    found = implied(persons, ground.line_km, ground.area_km2)
    told = []
    if found.km_per_battalion is not None:
        told.append(
            f"{_with_verb(persons, 'is', 'are')} a battalion of {BATTALION} for "
            f"{two_figures(found.km_per_battalion):,} km of line, "
            f"if {IN_BATTALIONS:.0%} of them sit in battalions".replace("%", " %")
        )
    twin = nearest_zone(inputs.past, persons, ground.line_km, ground.area_km2, verified_only=True)
    return (*told, *([] if twin is None else [twin_sentence(twin)]))


def _bought(one: Largest, answer: Answer, inputs: PlanInputs) -> str:
    plan, persons = one.plan, _with_verb(answer.question.persons, "buys", "buy")
    whole = f"{two_figures(plan.extent.area_km2):,} km², {ranged(plan.need.force)}"
    bought = {
        ALL: f"{persons} {_every(answer)}, the largest {depths_told(plan)} ({whole})",
        PART: f"{persons} at most {depths_told(plan)} ({whole})",
        NONE: f"{persons} none of the depths; {depths_told(plan)} takes {two_figures(-plan.spare):,} more ({whole})",
    }[one.found]
    return f"{manning_told(plan.manning, answer)}: {bought}{_instead(one, answer, inputs)}"


def _with_verb(persons: int, one: str, many: str) -> str:
    return f"{told_persons(persons)} {one if persons == 1 else many}"


def _every(answer: Answer) -> str:
    return "every depth that can be planned" if answer.failed else "every depth"


def _instead(one: Largest, answer: Answer, inputs: PlanInputs) -> str:
    """Return with which spacing or sensors every depth fits, unless these were varied; a few posts are no way to."""
    own_km = one.deepest.manning.values[SPACING]
    ways = []
    widest = inputs.catalogue[SPACING].low
    if one.closest_km is not None and one.closest_km != own_km and one.closest_km <= FAR * widest:
        record = f", wider than any on record here ({widest:g})" if one.closest_km > widest else ""
        ways.append(f"a post every {one.closest_km:g} km instead of {own_km:g}{record}")
    if one.found != ALL and one.sensors_needed is not None:
        ways.append(f"{one.sensors_needed:.0%} of the posts as sensors".replace("%", " %"))
    if not ways:
        return ""
    return f"; {_every(answer)} {'still ' if one.found == ALL else ''}fits with {', or with '.join(ways)}"
