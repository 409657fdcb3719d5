# Vectorscope: `make run` starts it, `make test` checks it.
PYTHON ?= python3
# HOST=0.0.0.0 lets others in the network use it, and prints the address to give to them.
HOST ?= 127.0.0.1
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run setup test test-long lint bench clean

run: setup
	$(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make run PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python tests/browser/get_chromium.py
	$(BIN)/python -m pytest -n 2 -m "not long"

# What a training or weights promise: figures that change only with them.
test-long: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m long

bench: test-long
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
