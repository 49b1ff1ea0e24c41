# The front door. `make run` and `make test` set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What is compiled is kept, whatever the shell says: the tests start the program many times.
export PYTHONDONTWRITEBYTECODE :=

# A file of tests is run by one process, which makes what its tests share only once.
SHARED := --dist=loadfile --no-loadscope-reorder
PARALLEL := --numprocesses=auto $(SHARED)
# Tests wait for servers, browsers and programs a quarter of their time: one process more than there are cores uses it.
WAITING = --numprocesses=$(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)') $(SHARED)
# What a permit type is, and what becomes of a case: no branch of these goes untried by the tests
# that are about them. All others run by themselves, since being watched makes them half as slow again.
COVERED := --cov=permits.definitions --cov=permits.casework --cov-branch --cov-fail-under=100
CORE := casework definitions text workflows

.PHONY: help install install-dev run test journeys check bench peers faults security interchange distributed advisories lock clean

help:
	@echo "make run    start the product with demonstration cases on http://127.0.0.1:8000"
	@echo "make test   run every test"
	@echo "make journeys  nine journeys in every language, width, with scripts and without; SHOTS=folder keeps pictures"
	@echo "make check  ruff, mypy, import contracts, licences, permits check"
	@echo "make bench  measure, and write docs/performance.md"
	@echo "make peers  measure the same steps by other libraries, in an environment of their own"
	@echo "make faults  hours (SIZE=middle: one): power, disks, processes, networks, clocks, tampering, load, each with a planted mistake"
	@echo "make security  hours: 50,000 made-up requests, scanners, mistakes in the code"
	@echo "make interchange  our logs read by pm4py, and its logs by us"
	@echo "make distributed  every figure on Spark, from the same files by the same SQL; needs a Java runtime"
	@echo "make advisories  ask the package index for holes in what is pinned"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src/permits
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.run

install-dev: $(VENV)/.dev
	@$(BIN)/python tools/browser.py

run: install
	$(BIN)/permits serve --demo

test: install-dev
	$(BIN)/python -m pytest $(PARALLEL) $(COVERED) --durations=15 $(CORE:%=tests/%); \
	core=$$?; \
	$(BIN)/python -m pytest $(WAITING) --durations=15 $(CORE:%=--ignore=tests/%) && exit $$core

# A picture of every page of every journey is kept in this folder.
SHOTS ?= build/journeys

journeys: install-dev
	PERMITS_ALL_WAYS=yes PERMITS_SHOTS=$(SHOTS) $(BIN)/python -m pytest -q $(PARALLEL) --timeout=0 tests/journeys/nine.py

check: install-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.components --check
	$(BIN)/permits check

bench: install-dev
	$(BIN)/python -m benchmarks

# What others would take: measured beside ours, never linked (Viewflow is under the AGPL).
PEERS := .peers

$(PEERS)/.made: benchmarks/peers/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --require-hashes -r $<
	@touch $@

peers: install-dev $(PEERS)/.made
	$(BIN)/python -m benchmarks --only peers

# full, middle or short.
SIZE ?= full

faults: install-dev
	$(BIN)/python -m tests.faults --size $(SIZE)

# Programs under the GPL, which are run and never linked: an environment of their own, from a lock of their own.
SCANNERS := .scanners

$(SCANNERS)/.made: tests/security/scanners.lock
	$(PYTHON) -m venv $(SCANNERS)
	$(SCANNERS)/bin/pip install --quiet --require-hashes -r $<
	@touch $@

# pm4py is under the AGPL: run beside ours, from a lock of its own, never linked.
INTERCHANGE := .interchange

$(INTERCHANGE)/.made: tests/interchange/pm4py.lock
	$(PYTHON) -m venv $(INTERCHANGE)
	$(INTERCHANGE)/bin/pip install --quiet --require-hashes -r $<
	@touch $@

interchange: install-dev $(INTERCHANGE)/.made ## Linux on x86-64
	$(BIN)/python -m tests.interchange.comparing $(INTERCHANGE)/bin/python

# Spark, which needs a Java runtime: run beside ours, from a lock of its own.
DISTRIBUTED := .distributed

$(DISTRIBUTED)/.made: tests/distributed/spark.lock
	$(PYTHON) -m venv $(DISTRIBUTED)
	$(DISTRIBUTED)/bin/pip install --quiet --require-hashes -r $<
	@touch $@

# OFFICES: small made-up ones. CASES: of the large one.
OFFICES ?= 24
CASES ?= 1000000

distributed: install-dev $(DISTRIBUTED)/.made
	$(BIN)/python -m tests.distributed.comparing $(DISTRIBUTED)/bin/python --offices $(OFFICES) --cases $(CASES)

# FUZZ: requests, a few of which cannot be made. SECONDS: for each crawl. SAMPLE: mistakes in the code of each group, 0 for all of them.
FUZZ ?= 51000
SECONDS ?= 1800
SAMPLE ?= 0

security: install-dev $(SCANNERS)/.made
	PERMITS_FUZZ=$(FUZZ) $(BIN)/python -m pytest -n auto --timeout=0 -q tests/security/test_fuzz.py
	$(BIN)/python -m tests.security.scanning $(SCANNERS)/bin --seconds $(SECONDS)
	$(BIN)/python -m tests.security.mutating --sample $(SAMPLE)

advisories: install ## before a release: needs the package index
	$(BIN)/python -m tools.advisories

lock: ## maintainers: needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-annotate --no-header --exclude-newer "1 week" -q --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-annotate --no-header --exclude-newer "1 week" -q --extra build --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-annotate --no-header --exclude-newer "1 week" -q benchmarks/peers/peers.in -o benchmarks/peers/peers.lock

clean:
	rm -rf $(VENV) $(SCANNERS) $(INTERCHANGE) $(DISTRIBUTED) $(PEERS) build dist .pytest_cache .mypy_cache .ruff_cache
