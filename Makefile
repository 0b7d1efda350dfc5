# Two commands a newcomer needs: `make preview` and `make test`. Both set up .venv first, once; then `.venv/bin/ascent`
# is there as well.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
.DEFAULT_GOAL := help
# Without compiled bytecode each process would compile the AWS SDK anew, for several seconds.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help preview test lint format lock clean

help: ## list the commands
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

preview: $(STAMP) ## plan the shipped stacks offline, and report on them
	@$(BIN)/ascent plan
	@$(BIN)/ascent report --out out

test: lint ## lint, type-check and test
	@$(BIN)/python -m pytest -n auto

lint: $(STAMP) ## ruff and ty
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/ty check

format: $(STAMP) ## apply ruff's formatting and safe fixes
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(STAMP) ## compile the pinned requirements
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) requirements-dev.in -o requirements-dev.txt

include delivery/targets.mk

clean: ## remove the set-up and everything derived
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@echo "setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ascent needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11 (or newer).")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@
