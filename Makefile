PYTHON ?= python3
.PHONY: run reset-demo test check soak bench prices mutants guide docs lint
# A file at a time for each core: what a file's tests share is built once.
AT_ONCE = -n auto --dist loadfile --no-loadscope-reorder

run: ## The site with its demo at http://127.0.0.1:8000 (PORT= moves it)
	@$(PYTHON) deploy/run.py

reset-demo: ## The demo as it was at first; what was edited is lost
	@$(PYTHON) deploy/run.py reset

test: ## The tests of a few minutes (DATABASE_URL= chooses PostgreSQL, CHROMIUM= a browser)
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m pytest $(AT_ONCE) $(ARGS)

check: ## Everything: lint, both databases, browser, a fifth of the matrix, production checks. Installs what it needs
	@bash .ci/run

soak: ## The long runs of the same tests
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m pytest -m soak --whole $(ARGS)

bench: ## Requests per second, CPU, queries and bytes of every template, against a bare view
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m tests.benchmarks.bench $(ARGS)

prices: ## What each page costs on sites of 1,000, 10,000 and 50,000 pages, on PostgreSQL (ARGS="--sizes 1000")
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/python -m tests.benchmarks.prices $(ARGS)

mutants: ## Which of 300 small faults, put into a copy, no test finds (ARGS="--number=40 --room=mail")
	@$(PYTHON) deploy/run.py install-dev
	@[ -x .venv/mutants/bin/python ] || .venv/bin/python -m venv .venv/mutants
	@.venv/mutants/bin/python -m pip install --quiet --require-hashes -r requirements-mutants.txt
	@nice -n 15 .venv/mutants/bin/python -m tests.mutants $(ARGS)

guide: ## The pictures of the CMS guide anew; lists those that show what has changed since (ARGS=list: lists only)
	@$(PYTHON) deploy/run.py install-dev
	@DJANGO_SETTINGS_MODULE=ecca_site.settings.dev .venv/bin/python -m tests.e2e.guide_pictures $(ARGS)

docs: ## The drawings, the five ways and the rates of the checks in docs/, from the code
	@$(PYTHON) deploy/run.py install-dev
	@DJANGO_SETTINGS_MODULE=ecca_site.settings.dev .venv/bin/python -m tests.drawings
	@DJANGO_SETTINGS_MODULE=ecca_site.settings.dev .venv/bin/python -m tests.translation.checks.rates
	@env -u DATABASE_URL .venv/bin/python -m pytest --quiet --write-docs tests/test_ways.py

lint: ## What `make check` begins with: style, templates, floors, types
	@$(PYTHON) deploy/run.py install-dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/djlint --lint --quiet ecca_site home news partners conferences search
	@.venv/bin/lint-imports
	@.venv/bin/mypy
