# What a person or a machine may ask of Terreau. Each target ends with one clear line.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
INSTALL := $(UV) pip install -q --python $(BIN)/python
LOCK := uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# Commands of developers work on the demonstration's database.
export TERREAU_DEMO ?= 1
PYTEST := $(BIN)/python -m pytest -q

.DEFAULT_GOAL := help
.PHONY: help run setup test test-postgres chromium coverage check format law words cards bench reference lock vendor hooks

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: $(VENV)/run.ok ## serve the demonstration region on this machine (PORT=8000)
	@$(BIN)/terreau demo

setup: $(VENV)/run.ok ## install what running needs
	@echo "Terreau is installed: make run serves it, $(BIN)/terreau is its command."

test: $(VENV)/test.ok chromium ## run all tests
	@$(PYTEST) -n 2 --dist loadgroup
	@echo "All tests pass."

test-postgres: $(VENV)/test.ok chromium ## run all tests on PostgreSQL
	@$(BIN)/python -m tests.on_postgres -q -n 2 --dist loadgroup
	@echo "All tests pass on PostgreSQL."

coverage: $(VENV)/test.ok chromium ## run all tests and say which lines none of them reaches
	@$(BIN)/coverage run -m pytest -q
	@$(BIN)/coverage report --skip-covered --show-missing --fail-under=90
	@$(BIN)/coverage report --fail-under=100 --include="*/kernel/*,*/rules/*,*/core.py,*/core/*" > /dev/null
	@echo "Coverage holds: 100% of what is pure, 90% of the rest."

# The browser comes from the system's package manager, where we may use it; else a message says how.
chromium:
	@if [ -n "$$CHROMIUM" ] || command -v chromium chromium-browser google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the tests of pages."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "Chromium is missing: tests of pages are skipped. Install it: sudo apt-get install chromium"; fi

check: $(VENV)/test.ok law words cards ## check style, types, laws, words and cards
	@$(BIN)/ruff format --check -q . || (echo "Run: make format" && exit 1)
	@$(BIN)/ruff check -q .
	@$(BIN)/python -m mypy
	@$(BIN)/djangofmt --check -q $(TEMPLATES)
	@$(BIN)/djangofmt check -q $(TEMPLATES)
	@$(BIN)/terreau makemigrations --check --dry-run -v 0 || (echo "A model has no migration: terreau makemigrations" && exit 1)
	@echo "All checks pass."

TEMPLATES = $(shell find src -name '*.html')
format: $(VENV)/test.ok ## write code and templates in the common form
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix . && $(BIN)/djangofmt -q $(TEMPLATES)
	@echo "Formatted."

law: $(VENV)/test.ok ## check the four laws of the house
	@$(BIN)/lint-imports --no-logo > $(VENV)/law.txt 2>&1 || (cat $(VENV)/law.txt && exit 1)
	@echo "The laws hold."

words: $(VENV)/test.ok ## check that every word of the screens is translated
	@$(BIN)/python -m tests.words
	@echo "Every word is translated."

cards: $(VENV)/run.ok ## check the cards of the region pack
	@$(BIN)/terreau cards check

bench: $(VENV)/test.ok ## measure, each against a baseline in the same run
	@for question in benchmarks/*.py; do $(BIN)/python $$question || exit 1; done
	@echo "Measured."

reference: $(VENV)/run.ok ## write the pages of the reference that come from code and cards
	@$(BIN)/python tools/reference.py
	@echo "Written: docs/reference."

lock: $(BIN)/python ## write requirements/*.txt anew after a change of dependencies
	@$(LOCK) pyproject.toml -o requirements/run.txt
	@$(LOCK) --group test --group check -c requirements/run.txt -o requirements/test.txt
	@echo "Locked: commit requirements/run.txt and requirements/test.txt."

vendor: $(VENV)/run.ok ## fetch the fonts and scripts of others anew (needs npm)
	@$(BIN)/python tools/vendor.py
	@echo "Vendored files are fetched: commit them with vendor.toml."

hooks: $(VENV)/test.ok ## have git check each commit
	@$(BIN)/prek install -q
	@echo "Each commit is now checked."

# A stamp is older than what it rests on, or there is nothing to install.
$(BIN)/python:
	@if command -v uv >/dev/null 2>&1; then uv venv -q --python '>=3.11' $(VENV); \
	else $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install -q uv; fi \
	|| (echo "Python 3.11 or later with venv is needed; on Debian: sudo apt-get install python3-venv" && rm -rf $(VENV) && exit 1)

$(VENV)/run.ok: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing Terreau in $(VENV)."
	@$(INSTALL) -r requirements/run.txt && $(INSTALL) --no-deps -e . && touch $@

$(VENV)/test.ok: $(VENV)/run.ok requirements/test.txt
	@echo "Installing what the tests and checks need."
	@$(INSTALL) -r requirements/test.txt && touch $@
