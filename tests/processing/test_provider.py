"""What every algorithm of the provider tells of itself, whatever it does."""

from __future__ import annotations

import pytest

from buffer_zone_plugin.processing import (
    comparescenarios,
    contactline,
    estimatestaffing,
    fitceiling,
    planzone,
    splitsectors,
    timeseries,
)

pytestmark = pytest.mark.qgis
MODULES = {
    "comparescenarios": comparescenarios,
    "contactline": contactline, "estimatestaffing": estimatestaffing, "planzone": planzone,
    "splitsectors": splitsectors, "timeseries": timeseries, "fitceiling": fitceiling,
}


def test_every_algorithm_has_its_words(provider):
    algorithms = {algorithm.name(): algorithm for algorithm in provider.algorithms()}
    assert set(algorithms) == set(MODULES)
    for name, algorithm in algorithms.items():
        assert algorithm.id() == f"bufferzone:{name}" == algorithm.create().id()
        assert algorithm.displayName() and algorithm.shortDescription().endswith(".")
        assert len(algorithm.tags()) > 5 and algorithm.shortHelpString().startswith("<p>")
        assert not algorithm.icon().isNull() and algorithm.helpUrl().startswith("https://")
    headings = {(algorithm.groupId(), algorithm.group()) for algorithm in algorithms.values()}
    assert headings == {("zones", "Zones"), ("contactline", "Contact line")}


@pytest.mark.parametrize("name", MODULES)
def test_words_are_translated_when_they_are_asked_for(provider, monkeypatch, name):
    algorithm = provider.algorithm(name)
    before = algorithm.displayName(), algorithm.tags()
    monkeypatch.setattr(MODULES[name], "tr", str.upper)
    assert (algorithm.displayName(), algorithm.tags()) == (before[0].upper(), [tag.upper() for tag in before[1]])
