# make run: set up and serve; make test: everything that is checked; make soak: for longer, and anew each time; make bench: how quick it is; make pictures: the README's.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

# Tests write a thousand little databases: to memory, where there is enough of it.
QUICK := $(shell df -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 3000000 {print "TMPDIR=/dev/shm"}')

# Many start a process of their own, which finds compiled what another one has compiled.
PYTEST := $(QUICK) PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 2 --dist worksteal

.PHONY: run test soak fast bench bench-readme pictures clean

run: $(VENV)/ready
	@$(BIN)/flask --app app migrate
	@$(BIN)/flask --app app demo --if-empty
	@PORT=$(PORT) $(BIN)/python -m carmanana.serving

test: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tests/find_browser.py
	$(PYTEST)

# The long random histories, and limits of time; on a machine that does nothing else.
soak: $(VENV)/ready-to-test
	SOAK=1 $(PYTEST)

fast: $(VENV)/ready-to-test
	$(PYTEST) --ignore=tests/browser

# SIZES="1000 1000000" for other worlds; FLAGS="--soak --fresh"; BENCH_DATA for where the worlds are kept.
SIZES ?= 1000 100000

bench: $(VENV)/ready
	@$(BIN)/python -m benchmarks $(SIZES) $(FLAGS)

bench-readme: $(VENV)/ready
	@$(BIN)/python -m benchmarks --readme

pictures: $(VENV)/ready-to-test
	@$(BIN)/python tests/find_browser.py
	@$(BIN)/python -m docs.pictures

$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

clean:
	rm -rf $(VENV)
