# make serve   the graph of the report and its SPARQL endpoint on http://127.0.0.1:8000/
# make test    everything this machine can test, and a list of what it could not
# make build   the dataset files, into build/
# make verify REPORT=FILE   every figure and number of the report's text against the tables
# make bench   how long each build step takes and how it grows, and how fast the endpoint answers beside its peers
# make bench-serving   the second half of it alone
# make bench-imports   how fast published tables are read beside other tools, and how that grows (hours, and 50 GB of disk)
# make soak    ten minutes of good and hostile clients at once (make soak SECONDS=60: one)
# make w3c TESTS=DIR   the W3C's SPARQL tests, from a checkout of w3c/rdf-tests, against the served endpoint
# make fuzz    a long run of a fuzzing client against the API
# make site    the whole site as files, into site/, every link followed (some minutes)
# make editor  bundles the editor of SPARQL anew from its sources (needs npm)
# make wheel   the installable package, into dist/
# make clean   removes what was built (make clean-all: the virtual environment too)

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := serve
.PHONY: serve test build verify bench bench-serving bench-imports soak w3c fuzz site editor wheel clean clean-all

HOST ?= 127.0.0.1
PORT ?= 8000
SECONDS ?= 600
VENV := .venv
BIN := $(VENV)/bin
INPUTS := $(shell find ontology data shapes src -name __pycache__ -prune -o -print)

# The first Python on the path that is new enough; empty when there is none.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$p"; break; fi; done)

serve: build/SHA256SUMS
	$(BIN)/snhr-kg serve --graph build --host $(HOST) --port $(PORT)

build: build/SHA256SUMS

build/SHA256SUMS: $(INPUTS) $(VENV)/installed
	$(BIN)/snhr-kg build --out build
	@touch $@

# A SPARQL client that joins endpoints, in JavaScript; without npm the tests that need it say so.
$(VENV)/comunica-installed: tests/federation/package-lock.json | $(VENV)/bin/python
	if command -v npm >/dev/null; then npm ci --prefix tests/federation --silent; fi
	@touch $@

# The checker of HTML and the one of accessibility; without npm the tests that need them say so.
$(VENV)/html-checkers-installed: tests/html/package-lock.json | $(VENV)/bin/python
	if command -v npm >/dev/null; then npm ci --prefix tests/html --silent; fi
	@touch $@

# What the editor of SPARQL is bundled from; the bundle itself is in the repository.
$(VENV)/editor/installed: src/snhr_kg/web/editor/package-lock.json | $(VENV)/bin/python
	mkdir -p $(VENV)/editor && cp src/snhr_kg/web/editor/package*.json $(VENV)/editor/
	if command -v npm >/dev/null; then npm ci --prefix $(VENV)/editor --silent; fi
	@touch $@

editor: $(VENV)/editor/installed
	NODE_PATH=$(CURDIR)/$(VENV)/editor/node_modules node src/snhr_kg/web/editor/build.mjs

site: build/SHA256SUMS
	$(BIN)/snhr-kg publish site

test: $(VENV)/installed-for-tests $(VENV)/sssom/installed $(VENV)/comunica-installed $(VENV)/html-checkers-installed \
	$(VENV)/editor/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src
	$(MAKE) --no-print-directory build
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

verify: $(VENV)/installed
	@if [ -z "$(REPORT)" ]; then echo 'make verify needs the report: make verify REPORT=FILE' >&2; exit 2; fi
	$(BIN)/snhr-kg verify "$(REPORT)"

bench: $(VENV)/installed-for-tests
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/serve_bench.py

bench-serving: $(VENV)/installed-for-tests
	$(BIN)/python benchmarks/serve_bench.py

bench-imports: $(VENV)/installed-for-tests build/SHA256SUMS
	$(BIN)/python benchmarks/imports/compare.py
	$(BIN)/python benchmarks/imports/scale.py

soak: $(VENV)/installed-for-tests build/SHA256SUMS
	$(BIN)/python benchmarks/soak.py --seconds $(SECONDS)

w3c: $(VENV)/installed
	@if [ -z "$(TESTS)" ]; then \
		echo 'make w3c needs the tests: git clone https://github.com/w3c/rdf-tests && make w3c TESTS=rdf-tests' >&2; \
		exit 2; fi
	@command -v npm >/dev/null || { echo 'make w3c needs Node 20 or newer, with npm' >&2; exit 2; }
	npm ci --prefix tests/w3c --silent
	PYTHONPATH=tests $(BIN)/python -m w3c "$(TESTS)"

fuzz: $(VENV)/installed-for-tests
	$(BIN)/python tests/fuzzing.py

wheel: $(VENV)/installed-for-tests
	$(BIN)/python -m build --wheel --outdir dist .

clean:
	rm -rf build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis

clean-all: clean
	rm -rf $(VENV)

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "snhr-kg needs Python 3.11 or newer; python3 here is $$(python3 --version 2>&1)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 2; fi
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt hatch_build.py | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.'
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml constraints.txt hatch_build.py | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,pandas,parquet,pdf]'
	@touch $(VENV)/installed $@

# The reference validator of mapping sets, apart from the rest: it brings older plug-ins of pytest and rdflib along.
$(VENV)/sssom/installed: tests/mappings/sssom-requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(VENV)/sssom
	$(VENV)/sssom/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@
