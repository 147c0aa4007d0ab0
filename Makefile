# make demo: install, then the main job on examples/sditec. make test: install for development, then all tests.
.POSIX:
PYTHON = python3
# Windows keeps the programs of a virtual environment elsewhere.
BIN = .venv/bin

.PHONY: demo test lint texts lock bench soak clean

demo: .venv/.run
	@$(BIN)/python examples/demo.py

test: .venv/.dev
	$(BIN)/python -m pytest -n auto

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# After a message of the code changed.
texts: .venv/.dev
	$(BIN)/python .ci/texts

# After a dependency of pyproject.toml changed.
lock: .venv/.dev
	PATH="$(BIN):$$PATH" .ci/lock

# Beside the peers, which it installs into .bench: 20 minutes. `make bench SHORT=1` takes three, and leaves docs/performance.md alone.
# COUNT=1000: so many sheets only; COUNT=100000: growth. SECONDS=5: shorter or longer for each pair. ONLY=plan: cases by their names.
bench: .venv/.dev
	@$(BIN)/python -m benchmarks --count "$(COUNT)" --seconds "$(SECONDS)" --only "$(ONLY)" $(SHORT:1=--short)

# What a release wants beside the tests: the reliability of the store a thousand times, 20,000 sheets before a second reader. It takes an hour.
soak: .venv/.dev
	CHORUS_CONFIG_SOAK=1 $(BIN)/python -m pytest -n auto tests/reliability tests/store tests/yamltext/test_second_reader.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/.run

.venv/.dev: .venv/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/.dev

clean:
	rm -rf .venv .bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
