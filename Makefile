# The two commands are `make demo` and `make test`; the rest serves them.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types contracts messages unit pure spark browser test-debian-postgres chromium bench bench-formation studies dev

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
PURE_BIN := .venv-pure/bin
SPARK_BIN := .venv-spark/bin
ASSET_SOURCES := $(shell find assets -type f)
CATALOGUES := $(shell find src/clusterwork/locale src/clusterwork/locale_third_party -name '*.po' 2>/dev/null)
COMPILED := $(CATALOGUES:.po=.mo)
PURE_ROOMS := src/clusterwork/kernel src/clusterwork/formation src/clusterwork/impact src/clusterwork/lookalike src/clusterwork/documents src/clusterwork/charts
SPARK_TESTS := src/clusterwork/formation/tests/spark src/clusterwork/impact/tests/spark src/clusterwork/cli/tests/test_form_spark.py
WORKERS ?= 2

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

setup: .venv/.base $(COMPILED) build/static/staticfiles.json ## Everything that running needs; the command is then .venv/bin/clusterwork

demo: setup ## The system with an invented county, or SCHOOLS=file.csv.gz AUTHORITY=925
	@exec $(BIN)/clusterwork demo $(if $(SCHOOLS),--schools "$(SCHOOLS)") $(if $(AUTHORITY),--authority "$(AUTHORITY)") $(if $(PORT),--port $(PORT))

dev: setup .venv/.dev

test: dev .venv-pure/.ready .venv-spark/.ready chromium lint messages pure spark unit browser ## Every check, from lint to the browser

lint: .venv/.dev types contracts ## Style, types and import contracts
	$(BIN)/ruff check src tests benchmarks studies scripts conftest.py
	$(BIN)/ruff format --check src tests benchmarks studies scripts conftest.py

types: .venv/.dev
	$(BIN)/mypy

contracts: .venv/.dev
	$(BIN)/lint-imports --no-cache

messages: dev ## Fails where a Welsh sentence is missing, unsure or has other placeholders
	$(BIN)/python scripts/messages.py check

pure: .venv-pure/.ready ## The libraries, where Django is not installed
	$(PURE_BIN)/python -m pytest -n $(WORKERS) -c tests/pure.ini --rootdir=. $(PURE_ROOMS)

spark: .venv-spark/.ready ## Forming by authority on Spark, in local mode; skipped where there is no Java
	$(SPARK_BIN)/python -m pytest -c tests/pure.ini --rootdir=. $(SPARK_TESTS)

unit: dev ## Rooms, pages and commands against PostgreSQL
	$(BIN)/pytest -n $(WORKERS) -m "not browser" $(addprefix --ignore=,$(PURE_ROOMS))

browser: dev chromium ## Journeys in Chromium; pictures land in build/screens
	$(BIN)/pytest -n $(WORKERS) -m browser tests/journeys

test-debian-postgres: dev ## The database tests once more on Debian's PostgreSQL 15
	scripts/debian-postgres
	CLUSTERWORK_POSTGRES_BIN=/usr/lib/postgresql/15/bin $(BIN)/pytest -n $(WORKERS) -m "not browser" $(addprefix --ignore=,$(PURE_ROOMS) src/clusterwork/embedded)

bench: dev ## Speed and memory, as ratios and rates
	$(BIN)/python -m benchmarks

studies: setup ## Real analyses on the open data beside the project, into docs/studies
	$(BIN)/python -m studies

bench-formation: .venv/.base .venv-bench/.ready ## Forming clusters beside the strongest ready-made tool; ARGS="--england --repeat 3"
	$(BIN)/python -m benchmarks.formation $(ARGS)

chromium:
	@scripts/chromium

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed. Name it: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv .venv

# uv takes seconds where pip takes a minute and more; where it cannot be had, pip does the same.
.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || true
	scripts/install .venv requirements/base.txt
	touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	scripts/install .venv requirements/dev.txt
	touch $@

.venv-pure/.ready: requirements/pure.txt .venv/.base
	$(PYTHON) -m venv .venv-pure
	scripts/install .venv-pure requirements/pure.txt
	touch $@

.venv-spark/.ready: requirements/spark.txt .venv/.base
	$(PYTHON) -m venv .venv-spark
	scripts/install .venv-spark requirements/spark.txt
	touch $@

# Where the ready-made tool cannot be had, the benchmark says so and measures ours alone.
.venv-bench/.ready: requirements/bench.txt .venv/.base
	$(PYTHON) -m venv .venv-bench
	scripts/install .venv-bench requirements/bench.txt && touch $@ || { rm -rf .venv-bench; echo "k-means-constrained could not be installed (requirements/bench.txt): the benchmark runs without it."; }

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	touch $@

build/assets/clusterwork.css: node_modules/.package-lock.json $(ASSET_SOURCES)
	npm run --silent build

build/static/staticfiles.json: build/assets/clusterwork.css .venv/.base
	rm -rf build/static
	CLUSTERWORK_SECRET_KEY=not-used-here DJANGO_SETTINGS_MODULE=clusterwork.config.settings $(BIN)/python -m django collectstatic --noinput --verbosity 0

%.mo: %.po | .venv/.base
	$(BIN)/python scripts/messages.py compile $< $@
