# `make` alone lists what there is to do. Each target sets up what it needs; see docs/developers.md.

PYTHON ?= python3
PYTEST_ARGS ?=
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check format schemas cases translations screenshots bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  (PYTHON=python3.12 picks another interpreter; the default is $(PYTHON))"

demo: ## render every blank form into ./out and check and evaluate the example response
	@tools/venv.sh run
	@tools/demo.sh

test: ## set up everything, then all checks and all tests (PYTEST_ARGS="-k word" for some)
	@tools/venv.sh test
	@tools/programs.sh
	@tools/javascript.sh
	@tools/test.sh $(PYTEST_ARGS)

check: ## the quick half of `make test`: ruff and mypy, no tests
	@tools/venv.sh test
	@tools/check.sh

format: ## let ruff format the code and mend what it can mend safely
	@tools/venv.sh test
	@.venv/bin/python -m ruff check --fix-only --quiet .
	@.venv/bin/python -m ruff format .

schemas: ## write src/cse_forms/schema/*.schema.json anew, from the models of the formats
	@tools/venv.sh test
	@.venv/bin/python tools/schemas.py

cases: ## write tests/cases/forms/ anew: what must come of answers to the shipped forms, in any language
	@tools/venv.sh test
	@.venv/bin/python tools/cases.py

translations: ## write src/cse_forms/locale/ anew: the template and the catalogues of the interface's words
	@tools/venv.sh test
	@.venv/bin/python tools/translations.py

screenshots: ## take the pictures of the documentation anew
	@tools/venv.sh test
	@tools/programs.sh
	@PATH="$(CURDIR)/.tools/bin:$$PATH" .venv/bin/python tools/screenshots.py

bench: ## run the benchmarks
	@tools/venv.sh test
	@.venv/bin/python -m benchmarks

lock: ## resolve requirements/*.lock anew (UPGRADE=1 also takes newer versions)
	@UPGRADE=$(UPGRADE) tools/lock.sh

clean: ## remove everything that these targets made
	rm -rf .venv .tools out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
