"""Does docs/ceiling.md say what the search computes, and is what it says in words true of the figures?"""

from __future__ import annotations

import pytest

from tools import make_ceiling_docs as docs
from tools.make_staffing_docs import filled


@pytest.fixture(scope="module")
def page():
    return docs.PAGE.read_text(encoding="utf-8")


def found(persons):
    return {one.plan.spec.posture: one for one in docs.answer(persons).largest}


def test_the_page_is_what_the_tool_would_write(page):
    assert filled(page, docs.PARTS) == page, "run: python tools/make_ceiling_docs.py"


def test_a_figure_changed_by_hand_is_put_right(page):
    assert "| **3,458** |" in page
    assert filled(page.replace("3,458", "3,500"), docs.PARTS) == page


def test_what_the_page_says_of_4000_holds(page):
    few = found(docs.FEW)
    assert [few[name].found for name in ("observe", "verify", "verify_both_edges", "interpose")] == [
        "all", "part", "none", "none",
    ]
    assert few["verify"].plan.depth_m >= 40_000, "watching on one line, at almost any depth"
    high = [plan.spec.posture for plan in docs.answer(docs.FEW).plans if plan.need.force.high <= docs.FEW]
    assert set(high) == {"observe"}
    assert "under Verify no depth fits" in " ".join(page.split())


def test_what_the_page_says_of_60000_holds():
    many = found(docs.MANY)
    assert {one.found for one in many.values()} == {"all"}
    posts_km = many["interpose"].plan.manning.values["op_spacing"]
    assert 0.7 * posts_km < many["interpose"].closest_km < posts_km, "posts a little closer than the posture has them"
    high = {plan.spec.posture for plan in docs.answer(docs.MANY).plans if plan.need.force.high > docs.MANY}
    assert high == {"interpose"}
