# Everything runs in .venv, made from locks/ with any Python >= 3.11: make PYTHON=python3.13 test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FIRST := notebooks/1_read_a_manual.ipynb
PYTEST := $(BIN)/python -m pytest
SECONDS ?= 60
# The figures of time, of which the two manuals show little.
TIME := timeline changes ages amendments

# A lock of every platform, with hashes and without the name of any host.
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help lab dashboard test lint format figures notebooks bench fuzz mutants oldest newest lock clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

lab: $(VENV)/.installed ## open the first notebook in JupyterLab (make lab ARGS=--no-browser: only the server)
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/$(FIRST) $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

dashboard: $(VENV)/.installed ## open all panels on one page without code (make dashboard ARGS=--no-browser: only the server)
	$(BIN)/voila notebooks/9_dashboard.ipynb $(ARGS)

test: lint ## run everything: lint, unit tests, doctests, notebooks, browser
	$(PYTEST) -n 2 --dist loadfile --ignore tests/browser
	$(PYTEST) -n 2 --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg \
	  --nbval-cell-timeout 120 notebooks
	$(PYTEST) -n 2 --dist loadfile tests/browser

lint: $(VENV)/.installed ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.installed ## put code and notebooks in style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

figures: $(VENV)/.installed ## draw figures/ anew
	$(BIN)/python -m procman figures
	$(BIN)/python -m procman figures --library data/demonstration --out figures/demonstration --only $(TIME)

notebooks: $(VENV)/.installed ## run the notebooks anew and keep their outputs (ARGS=a notebook's path: only that one)
	$(BIN)/python notebooks/refresh.py $(ARGS)

bench: $(VENV)/.installed ## measure (ARGS=imports: only tests/benchmarks/imports.py)
	$(BIN)/python -m tests.benchmarks $(ARGS)

fuzz: $(VENV)/.installed ## look for pages that break a reader (SECONDS=600: for ten minutes; ARGS=--libraries: for libraries that break an output)
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

mutants: $(VENV)/.installed ## change the code at random and list what no test notices (ARGS="reports --changes 10"; hours for all)
	$(BIN)/python -m tests.mutants $(ARGS)

oldest: ## run the unit tests with the lowest versions that pyproject.toml allows
newest: ## run the unit tests with the newest versions that there are
oldest: RESOLUTION := lowest-direct
newest: RESOLUTION := highest
oldest newest: $(VENV)/.uv
	$(BIN)/uv venv -q --clear --python $(BIN)/python build/$@
	$(BIN)/uv pip install -q --python build/$@ --resolution $(RESOLUTION) -r pyproject.toml --extra test --group build
	$(BIN)/uv pip install -q --python build/$@ --no-deps --no-build-isolation -e .
	build/$@/bin/python -m pytest -n 2 --dist loadfile --ignore tests/browser $(ARGS)

lock: $(VENV)/.uv ## lock anew after a change of pyproject.toml (ARGS=--upgrade: the newest of everything)
	$(COMPILE) $(ARGS) --extra test --group build pyproject.toml -o locks/environment.txt
	echo uv | $(COMPILE) $(ARGS) - -o locks/uv.txt

clean: ## remove the environments, caches and screenshots
	rm -rf $(VENV) build .pytest_cache .ruff_cache .mypy_cache .hypothesis tests/browser/screenshots
	find procman tests notebooks -name __pycache__ -prune -exec rm -rf {} +

# pip only fetches uv, which installs the rest ten times as fast.
$(VENV)/.uv: locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'procman needs Python 3.11 or newer; "$(PYTHON)" is not. Try: make PYTHON=python3.13 $(MAKECMDGOALS)' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r locks/uv.txt
	@touch $@

# The last steps: JupyterLab starts without a question about news, and without asking any host for updates; matplotlib
# builds its list of fonts, which could otherwise print a notice in a first notebook.
$(VENV)/.installed: $(VENV)/.uv locks/environment.txt pyproject.toml
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes locks/environment.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/uv pip check -q --python $(BIN)/python
	@mkdir -p $(VENV)/share/jupyter/lab/settings
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}' \
	  > $(VENV)/share/jupyter/lab/settings/overrides.json
	@$(BIN)/python -c 'import matplotlib.font_manager'
	@touch $@
