# The commands of the house. `make run` and `make test` install what they need first; both work without a network afterwards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run install test measure soak check lint types bench prove sbom clean
.DEFAULT_GOAL := run

run: install ## the whole product on this machine: chat, console, help center
	@PORT=$(PORT) $(BIN)/python -m bot serve

install: $(VENV)/.installed ## what running needs, and the sentence encoder

$(VENV)/.installed: requirements.lock tools/install.sh tools/uv.lock
	@PYTHON=$(PYTHON) sh tools/install.sh requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock tools/install.sh tools/uv.lock
	@PYTHON=$(PYTHON) sh tools/install.sh requirements-dev.lock
	@touch $@ $(VENV)/.installed

test: $(VENV)/.installed-dev ## all tests but what is measured and what runs long
	@$(BIN)/python -m bot check && $(BIN)/python -m pytest -n 3 --dist worksteal

measure: $(VENV)/.installed-dev ## how well strangers are understood whose words were never learnt
	@$(BIN)/python -m pytest -m measure -n 2

soak: $(VENV)/.installed-dev ## what runs long: killed processes, crafted mails; SHORT=1 for a short form
	@$(if $(SHORT),KILL_RUNS=1 KILL_EVERY=4 CHAOS_KILLS=2 CRAFTED_MAILS=60,KILL_RUNS=5 CHAOS_KILLS=40 CRAFTED_MAILS=2000) $(BIN)/python -m pytest -m soak -n 2

check: $(VENV)/.installed-dev ## intents, articles, templates, guide data
	@$(BIN)/python -m bot check

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

bench: $(VENV)/.installed-dev ## decision latency, and messages per second beside a bare endpoint
	@$(BIN)/python -m tools.bench

prove: $(VENV)/.installed-dev ## take rows of the guide away and see their tests fail: all, ROWS="TE2 EA2", or SAMPLE=8 [SEED=…]
	@$(BIN)/python -m tools.prove $(ROWS) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

sbom: ## what the product and its tests are made of, from the locks, as CycloneDX: var/sbom.json, var/sbom-dev.json
	@$(PYTHON) -m venv var/sbom && var/sbom/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/sbom.lock
	@var/sbom/bin/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o var/sbom.json
	@var/sbom/bin/python -W ignore -m cyclonedx_py requirements requirements-dev.lock --pyproject pyproject.toml --output-reproducible --of JSON -o var/sbom-dev.json

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis
