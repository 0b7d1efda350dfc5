# Two commands a newcomer needs: `make preview` and `make test`. Both set up .venv first, once; then `.venv/bin/ascent`
# is there as well.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
# The reference application has dependencies of its own.
APP := app/.venv
APP_STAMP := $(APP)/.ready
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
.DEFAULT_GOAL := help
# Without compiled bytecode each process would compile the AWS SDK anew, for several seconds.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help preview test app probe lint format lock clean

help: ## list the commands
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

preview: $(STAMP) ## plan the shipped stacks offline, and report on them
	@$(BIN)/ascent plan
	@$(BIN)/ascent report --out out

test: lint app ## lint, type-check and test, the reference application too
	@$(BIN)/python -m pytest -n auto

app: $(STAMP) $(APP_STAMP) ## test the reference application, on a PostgreSQL and a Valkey or Redis
	@$(BIN)/ty check --project app --python $(APP)
	@ASCENT_VERSION=$$($(BIN)/python -m ascent.readiness.content.version) \
		$(APP)/bin/python -m pytest -c app/pytest.ini --rootdir . $(APP_TESTS) app/tests

probe: $(STAMP) $(APP_STAMP) ## probe the reference application
	@$(APP)/bin/python app/tests/stage.py $(BIN)/ascent probe --about '{about}' $(PROBE) \
		--command "env PYTHONPATH=app $(APP)/bin/python -m shop"

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
	@cd app && ../$(COMPILE) requirements.in -o requirements.txt
	@cd app && ../$(COMPILE) requirements-dev.in -o requirements-dev.txt

include delivery/targets.mk

clean: ## remove the set-up and everything derived
	@rm -rf $(VENV) $(APP) .pytest_cache .ruff_cache .hypothesis

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@echo "setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ascent needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11 (or newer).")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@

$(APP_STAMP): app/requirements-dev.txt $(STAMP)
	@echo "setting up $(APP) (once) ..."
	@$(BIN)/uv venv -q --allow-existing --python $(BIN)/python $(APP)
	@$(BIN)/uv pip install -q --python $(APP)/bin/python --require-hashes -r app/requirements-dev.txt
	@touch $@
