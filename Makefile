# `make` alone lists what there is.

HOST ?= 127.0.0.1
PORT ?= 8000
# The Python to build .venv with; by default the first that is new enough.
PYTHON ?=
# Test processes: a number, or auto for one per processor.
WORKERS ?= auto
# More for pytest, such as ARGS="-k import -x".
ARGS ?=
# For `make mutants`: one package or module, such as annotations/core/figures; ALL=1 for
# every mutant instead of a sample.
ONLY ?=
ALL ?=

VENV := .venv
# What `make bench` compares with, in an environment of its own.
DATASETTE := $(VENV)/datasette
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 $(ARGS)
# For a command that needs node: what the machine has, or what pip has brought, comes first in PATH.
WITH_NODE = PATH="$$($(BIN)/python -m tests.support.node):$$PATH"
NODE_BIN := node_modules/.bin
NODE_TEST = $(WITH_NODE) node --import ./tests/js/browser.js --test tests/js/*.test.js
TEMPLATES = $$(find templates -name '*.html')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev run test test-sqlite test-postgres test-js chromium citeproc lint format bench bench-smoke load mutants pictures clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed-runtime ## Build .venv with what the archive needs to run

install-dev: $(VENV)/.installed-dev ## Add what the tests and the linters need

run: export DEBUG = true
run: install ## Serve the archive with its demo at http://HOST:PORT/ (127.0.0.1:8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --address http://$(HOST):$(PORT)/
	@$(MANAGE) link_mentions --waiting --every 2 & worker=$$!; trap "kill $$worker 2>/dev/null" EXIT INT TERM; \
	$(MANAGE) runserver $(HOST):$(PORT)

test: install-dev chromium citeproc $(NODE_BIN) ## Run all tests: JavaScript, then SQLite, then PostgreSQL
	@failed=; \
	echo "== Tests of JavaScript"; $(NODE_TEST) || failed="$$failed JavaScript"; \
	echo "== Tests on SQLite"; $(PYTEST) || failed="$$failed SQLite"; \
	echo "== Tests on PostgreSQL"; $(BIN)/python -m tests.support.on_postgres $(PYTEST) || failed="$$failed PostgreSQL"; \
	if [ -n "$$failed" ]; then echo "Tests failed on:$$failed" >&2; exit 1; fi; \
	echo "Tests passed: JavaScript, on SQLite and on PostgreSQL."

test-sqlite: install-dev chromium citeproc ## Run all tests on SQLite
	$(PYTEST)

test-postgres: install-dev chromium citeproc ## Run all tests on a private PostgreSQL server
	$(BIN)/python -m tests.support.on_postgres $(PYTEST)

test-js: $(NODE_BIN) ## Run the tests of the JavaScript modules
	$(NODE_TEST)

chromium: install-dev
	@$(BIN)/python -m tests.support.chromium >/dev/null

citeproc: install-dev
	@$(BIN)/python -m tests.support.citeproc >/dev/null

lint: export DATABASE_URL = sqlite://:memory:
lint: install-dev $(NODE_BIN) ## Check style, types, templates, migrations and the deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/djlint templates --lint --quiet
	$(WITH_NODE) $(NODE_BIN)/biome ci
	$(WITH_NODE) $(NODE_BIN)/tsc
	$(MANAGE) makemigrations --check --dry-run
	DEBUG=false HSTS_SUBDOMAINS=true HSTS_PRELOAD=true ALLOWED_HOSTS=example.org CSRF_TRUSTED_ORIGINS=https://example.org \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	$(MANAGE) check --deploy --fail-level WARNING

format: install-dev $(NODE_BIN) ## Put Python, templates, CSS and JavaScript in the common format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	$(WITH_NODE) $(NODE_BIN)/biome check --write

bench: install-dev $(DATASETTE)/.installed ## Measure the speed of what must be fast
	$(BIN)/python -m benchmarks

bench-smoke: install-dev ## See that no page has become several times slower
	$(BIN)/python -m benchmarks --smoke --articles 50

load: install-dev ## Let 200 readers and 20 editors work at once, on SQLite and on PostgreSQL
	$(BIN)/python -m benchmarks --load 180
	$(BIN)/python -m tests.support.on_postgres $(BIN)/python -m benchmarks --load 180

mutants: install-dev ## Change code of ONLY=package in small ways, count what tests notice
	$(BIN)/python -m tests.support.mutants $(if $(ALL),--all) $(ONLY)

pictures: install-dev chromium ## Make the pictures of the README anew, from the demo
	$(BIN)/python -m docs.pictures

clean: ## Remove .venv and all caches; the archive's data stays
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results mutants
	find . -name __pycache__ -type d -not -path './node_modules/*' -prune -exec rm -rf {} +

$(VENV)/.installed-runtime: requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing requirements.txt into $(VENV)"
	@$(PIP) install -r $<
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing requirements-dev.txt into $(VENV)"
	@$(PIP) install -r $<
	@touch $@ $(VENV)/.installed-runtime

# Where it cannot be installed, there is no stamp: the benchmark goes on without it.
$(DATASETTE)/.installed: benchmarks/requirements.txt | $(VENV)/.installed-dev
	@echo "Installing benchmarks/requirements.txt into $(DATASETTE)"
	@rm -f $@; \
	if $(BIN)/python -m venv --clear $(DATASETTE) && \
	  $(DATASETTE)/bin/python -m pip --disable-pip-version-check --quiet --retries 1 install -r $< 2>$(DATASETTE)/errors; \
	then touch $@; \
	else echo "Datasette cannot be installed, so it is not measured; $(DATASETTE)/errors may say why." >&2; \
	fi

$(NODE_BIN): package.json package-lock.json .npmrc | $(VENV)/.installed-dev
	@echo "Installing package-lock.json into node_modules"
	@$(WITH_NODE) npm ci --silent
	@touch $@

# Debian keeps a part of venv in a package of its own: as root we add it, otherwise we say so.
$(VENV)/pyvenv.cfg:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed, and none was found$(if $(PYTHON), at $(PYTHON))." \
	    "Install one, or say where it is: make install PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	"$$python" -m venv --clear $(VENV) >/dev/null 2>&1 && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Python has no venv module here: installing Debian's python3-venv"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    python3-venv </dev/null >/dev/null && "$$python" -m venv --clear $(VENV) && exit; \
	fi; \
	echo "Cannot make the virtual environment $(VENV) with $$python." \
	  "On Debian or Ubuntu: sudo apt-get install python3-venv, then again." >&2; \
	exit 1
