# The only commands to remember.
#   make demo           set up, run the main job on the example, open the window where there is a display
#   make run            open the program
#   make test           everything that proves it (make check is part of it)
#   make check          formatting, types, layers, architecture, size budget: under a minute
#   make bench          the measured ratios
#   make faults         the long run of kills, flips and hostile files: hours; figures for docs/reliability.md
#   make package        build/package: a one-folder bundle and a .deb;  make package-check installs and starts it

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
WORKERS ?= 2

KILLS ?= 1336
FLIPS ?= 10000
HOSTILE ?= 10000

.PHONY: help setup demo run check test bench faults package package-check clean

help:
	@sed -n '2,8s/^# //p' Makefile

setup:
	@test -n "$(PYTHON)" || { echo "BranchBook needs Python 3.11 or later (package python3 on Debian 12)."; exit 1; }
	@$(PYTHON) scripts/set_up.py

demo: setup
	$(BIN)/branchbook demo --out build/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then set -- build/demo/*.branchbook; $(BIN)/branchbook "$$1"; \
	else echo "No display here: see build/demo/ for the handbook and the pictures."; fi

run: setup
	$(BIN)/branchbook

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/size_budget.py
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q tests/architecture

test: check
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -n $(WORKERS) --dist worksteal --ignore tests/architecture

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

faults: setup
	$(BIN)/python -m tests.faults.kills --count $(KILLS)
	$(BIN)/python -m tests.faults.flips --count $(FLIPS)
	$(BIN)/python -m tests.faults.hostile --count $(HOSTILE)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.faults.sockets

package: setup
	$(BIN)/python -m scripts.build_package

package-check: setup
	$(BIN)/python -m scripts.check_package

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
