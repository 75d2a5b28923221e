# The whole of daily work. `make run` and `make test` set everything up, with nothing but Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
EXAMPLES := $(wildcard examples/*.html)
REPORTS := $(EXAMPLES:examples/%.html=out/report-%.html)

.PHONY: run test bench peers lint clean

# Reads the example articles, prints who says what, writes an HTML report on each, and makes a small library.
run: $(RUN_READY)
	@$(BIN)/selon read $(EXAMPLES)
	@mkdir -p out
	@for example in $(EXAMPLES); do \
	  $(BIN)/selon read $$example --format html --out out/report-$$(basename $$example) || exit 1; \
	done
	@$(BIN)/selon add examples/library.jsonl --library out/library.sqlite
	@echo "Reports to open in a browser:"
	@for report in $(REPORTS); do echo "  $$report"; done
	@echo "The library as pages:"
	@echo "  $(BIN)/selon serve --library out/library.sqlite --open"

test: $(TEST_READY)
	@$(BIN)/python -m pytest

bench: $(TEST_READY)
	@$(BIN)/python -m evaluation.bench

# Other quotation extractors beside Selon; the first time it installs each, which needs a package index.
peers: $(TEST_READY)
	@$(BIN)/python -m evaluation.peers

lint: $(TEST_READY)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

clean:
	rm -rf $(VENV) .venv-peers out

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Selon needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) (the first time only, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv is missing (Debian: apt-get install python3-venv)" >&2; exit 1; }

$(RUN_READY): pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[web]'
	@touch $@

$(TEST_READY): pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[dev]'
	@touch $@ $(RUN_READY)
