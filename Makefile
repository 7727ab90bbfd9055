# Buffer Zone Planner: `make` lists what can be made. Everything that is missing is installed first; what is there is
# left alone, so that a second run takes seconds and needs no network.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= /usr/bin/python3
VENV ?= .venv
LINT_VENV ?= .lint-venv
PROFILE ?= $(HOME)/.local/share/QGIS/QGIS3/profiles/default
TEST_SECONDS ?= 900
VERSION = $(shell sed -n 's/^version=//p' metadata.txt)
ZIP = dist/buffer_zone_plugin.$(VERSION).zip
PYTHON_FILES = buffer_zone_plugin tests tools $(wildcard benchmarks)

.PHONY: help deps venv lint-venv demo test lint bench bench-sectors bench-staffing bench-scenarios package install clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

deps:  ## install what is missing from Debian
	@tools/install_debian.sh

venv: $(VENV)/.ready  ## the Python environment of the demo and the tests

lint-venv: $(LINT_VENV)/.ready  ## the Python environment of the linters

$(VENV)/.ready: tools/make_venv.sh tools/check_runtime.py tools/requirements-test.txt | deps
	@tools/make_venv.sh "$(VENV)" "$(PYTHON)"
	@touch $@

$(LINT_VENV)/.ready: tools/requirements-lint.txt | deps
	@[ -x "$(LINT_VENV)/bin/python" ] || $(PYTHON) -m venv "$(LINT_VENV)"
	@"$(LINT_VENV)/bin/python" -m pip --disable-pip-version-check install --quiet -r tools/requirements-lint.txt
	@touch $@

demo: venv package  ## run the main job on the sample line: out/plan.gpkg, out/plan.qgz, out/map.png and a table
	@VENV="$(VENV)" tools/demo.sh "$(ZIP)"

test: venv lint-venv  ## run every test; fails when there is none
	@rm -rf .qgis-settings  # pytest-qgis's profile: what an earlier run left there must not help or hinder
	@. tools/env.sh && VENV="$(VENV)" LINT_VENV="$(LINT_VENV)" \
	    timeout --foreground $(TEST_SECONDS) tools/run_tests.sh

lint: venv lint-venv package  ## ruff, mypy on the core, and the plugin repository's scans on the zip
	@"$(LINT_VENV)/bin/ruff" check $(PYTHON_FILES)
	@"$(LINT_VENV)/bin/mypy" --python-executable "$(VENV)/bin/python"
	@"$(LINT_VENV)/bin/python" tools/scan_package.py "$(ZIP)"

bench: venv  ## measure speed and error against PostGIS and QGIS, write docs/benchmarks.md (QUICK=1: print only)
	@tools/install_debian.sh bench || echo "bench: not everything could be installed; the table says what is missing" >&2
	@. tools/env.sh && "$(VENV)/bin/python" -m benchmarks.zone $(if $(QUICK),--quick)

bench-sectors: venv  ## measure the split into sectors on 240 random lines: shares, borders, speed (LINES=24: fewer)
	@. tools/env.sh && "$(VENV)/bin/python" -m benchmarks.sectors --lines $(or $(LINES),240)

bench-staffing: venv  ## measure staffing, contributions, and how firm the range is
	@. tools/env.sh && "$(VENV)/bin/python" -m benchmarks.staffing

bench-scenarios: venv  ## measure 24 scenarios against one plan, and how soon a cancel stops them
	@. tools/env.sh && "$(VENV)/bin/python" -m benchmarks.scenarios

package: | deps  ## build the installable zip in dist/
	@$(PYTHON) tools/package.py

install: package  ## build and install into the QGIS profile (PROFILE=...)
	@$(PYTHON) tools/install_plugin.py "$(ZIP)" "$(PROFILE)/python/plugins"

clean:  ## remove everything that was made, except the environments
	rm -rf build dist out .qgis-settings .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(PYTHON_FILES) -name __pycache__ -type d -prune -exec rm -rf {} +
