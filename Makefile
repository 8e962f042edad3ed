# The same commands for people and for CI. `make` alone lists them.

PYTHON_IN = .venv/bin/python
READY = .venv/.stamp

# No telemetry from the tools underneath, whatever folder they are started in.
export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.PHONY: help setup demo test check desk bench lock format clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## make .venv with the tested versions (the others do this by themselves)

$(READY): requirements.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" sh scripts/setup.sh

demo: $(READY) ## take the sample newsroom's news to an approved newsletter in every mailbox
	@mkdir -p outputs/state/prefect
	@PREFECT_HOME="$(CURDIR)/outputs/state/prefect" $(PYTHON_IN) -m flows.demo

desk: $(READY) ## open the editors' web application on the sample newsroom
	@.venv/bin/stuifmail desk

test: $(READY) ## run all tests; ARGS="-k harvest" picks some
	@sh scripts/system-packages.sh
	@$(PYTHON_IN) -m pytest -n $(or $(JOBS),2) --dist loadfile $(ARGS)

check: $(READY) ## lint, formatting, types, who imports whom, generated docs, house rules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(PYTHON_IN) -m pytest -q -m "not integration and not browser" tests/docs \
		tests/unit/test_repository.py tests/unit/test_requirements.py

format: $(READY) ## put the code into the house's form
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

bench: $(READY) ## measure; ARGS="--quick" ends within a minute
	@for file in $$(grep -l '^if __name__' benchmarks/*.py); do \
		$(PYTHON_IN) -m benchmarks.$$(basename $$file .py) $(ARGS) || exit 1; \
	done

lock: ## find the newest versions that fit together and write requirements.txt
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		$(ARGS) --quiet --output-file requirements.txt

clean: ## remove .venv and caches; outputs/ stays (it is a newsroom's memory)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
