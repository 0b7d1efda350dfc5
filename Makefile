# Two commands a newcomer needs: `make preview` and `make test`. Both set up .venv first, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
.DEFAULT_GOAL := help
# Without compiled bytecode each process would compile the AWS SDK anew, for several seconds.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help preview test lint format lock clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

preview: $(STAMP) ## plan dev, staging and prod offline, and report on them
	@$(BIN)/python -m ascent plan
	@$(BIN)/python -m ascent report --out out

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
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt

clean: ## remove the set-up and everything derived
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

$(STAMP): requirements.txt requirements-dev.txt
	@echo "setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ascent needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11 (or newer).")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --require-hashes -r requirements-dev.txt
	@touch $@
