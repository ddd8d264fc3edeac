# The main job on the seed data, the tests, the checks.  `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
BUILD := build
SEED := data/massage-low-back-pain
SCRIPTS := kg/pages/scripts
NODE := $(BUILD)/node
PRETTIER = $(NODE)/node_modules/.bin/prettier --config $(SCRIPTS)/package.json

.DEFAULT_GOAL := all
.PHONY: all test test-fast check bench docs scripts screenshots wheel clean help browser virtuoso check-scripts lint-scripts

all: export KG_STORE := $(BUILD)/kg-store
all: $(VENV)/ready ## Load the seed article, validate it, ask three questions, weigh it, draw it, export it
	$(KG) load $(SEED)
	$(KG) validate
	@echo; echo "What is held against the findings of the American Massage Therapy Association?"
	$(KG) query counterclaims-to-agent -p agent=amta --format table
	@echo; echo "Which claims are contested?"
	$(KG) query contested-claims --format table
	@echo; echo "Of which claims is it said that there is no evidence, and does anybody affirm them on evidence?"
	$(KG) query no-evidence-remarks --format table
	$(KG) standing --write
	$(KG) view relieves -o $(BUILD)/relieves.html
	$(KG) view relieves --full -o $(BUILD)/relieves-full.html
	$(KG) view --as graph -o $(BUILD)/graph.html
	$(KG) export -o $(BUILD)/claims.ttl
	@echo; echo "Done. Open $(BUILD)/relieves.html (a claim's page; relieves-full.html has all notes) and $(BUILD)/graph.html (the graph);"
	@echo "$(BUILD)/claims.ttl is everything as Turtle, $(BUILD)/kg-store the store: KG_STORE=$(BUILD)/kg-store $(KG) questions"

test: $(VENV)/ready-test browser virtuoso ## Run all tests (installs what they need)
	$(BIN)/python -m pytest -n 2

test-fast: $(VENV)/ready-test ## Run the tests that take no browser, server or kill (under a minute)
	$(BIN)/python -m pytest -m "not slow" -n 2

check: $(VENV)/ready-check check-scripts ## Lint, types and import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready-test browser virtuoso ## Measure, as ratios against peers in the same run (about an hour)
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/ready ## Write the generated pages of docs/ anew
	$(BIN)/python docs/generate.py

scripts: $(NODE)/ready ## Build the scripts of the pages anew (needs node)
	$(PRETTIER) --log-level warn --write $(SCRIPTS)
	node $(SCRIPTS)/build.js

screenshots: $(VENV)/ready-test browser ## Take the pictures of docs/images/ anew
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pillow
	$(BIN)/python docs/screenshots.py

wheel: $(VENV)/ready-test ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist

clean: ## Remove what was built
	rm -rf $(BUILD) dist $(VENV)

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

# Who has no node changes no script: the built ones are checked in.
check-scripts:
	@if npm --version >/dev/null 2>&1 && node -e 'process.exit(+(parseInt(process.versions.node) < 20))'; \
	  then $(MAKE) --no-print-directory lint-scripts; \
	  else echo "no node of version 20 with npm: the scripts of the pages are not checked"; fi

lint-scripts: $(NODE)/ready
	$(NODE)/node_modules/.bin/eslint --config $(SCRIPTS)/eslint.config.js $(SCRIPTS)
	$(PRETTIER) --log-level warn --check $(SCRIPTS)
	node $(SCRIPTS)/build.js --check

# Beside the package and not in it, whose folders hold nothing but our own files.
$(NODE)/ready: $(SCRIPTS)/package.json $(SCRIPTS)/package-lock.json
	mkdir -p $(NODE)
	cp $^ $(NODE)
	npm --prefix $(NODE) ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# The browser tests drive Chromium, with the fonts DejaVu and Liberation; where apt-get runs as root what is missing is
# installed, elsewhere they skip and say so.
FONTS := /usr/share/fonts/truetype
browser:
	@missing="$$(command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium) \
	  $$(ls $(FONTS)/dejavu/DejaVuSerif-Bold.ttf >/dev/null 2>&1 || echo fonts-dejavu-core) \
	  $$(ls $(FONTS)/liberation*/LiberationSerif-Bold.ttf >/dev/null 2>&1 || echo fonts-liberation)"; \
	[ -z "$$(echo $$missing)" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	  echo "not here, and no apt-get as root to install it: $$(echo $$missing); the browser tests that need it will skip"

# The tests of SPARQL servers start a Virtuoso of their own: its program alone, no service.
virtuoso:
	@command -v virtuoso-t >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null; } || \
	  echo "no Virtuoso, and no apt-get as root to install it: its tests will skip"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/ready-test: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

$(VENV)/ready-check: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,check]'
	@touch $@
