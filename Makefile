PYTHON ?= python3
.PHONY: run reset-demo test soak bench lint

run: ## The site with its demo at http://127.0.0.1:8000 (PORT= moves it)
	@$(PYTHON) deploy/run.py

reset-demo: ## The demo as it was at first; what was edited is lost
	@$(PYTHON) deploy/run.py reset

test: ## All tests (DATABASE_URL= chooses PostgreSQL)
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m pytest $(ARGS)

soak: ## The long runs of the same tests
	@$(PYTHON) deploy/run.py install-dev
	@SOAK=1 .venv/bin/python -m pytest -m soak $(ARGS)

bench: ## Requests per second, CPU, queries and bytes of every template, against a bare view
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m tests.benchmarks.bench $(ARGS)

lint:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/lint-imports
