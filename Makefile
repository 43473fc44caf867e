# Everything a person types. Needs Python 3.11 or newer and make; the rest is installed under .venv/ and var/.

PORT ?= 8000
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r

.PHONY: help run test check browser fuzz bench chaos secure audit messages lock
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 16

run: .venv/installed ## start the site at http://127.0.0.1:8000 (PORT=8001 make run for another port)
	@exec $(PYTHON) -m config.run --port "$(PORT)"

test: .venv/installed-dev ## run the whole suite (TESTS=… for a part), on an embedded PostgreSQL or the one in DATABASE_URL
	$(PYTHON) -m pytest $(WORKERS) $(TESTS)
WORKERS := -n auto

check: .venv/installed-dev ## format, lint, types, import contracts, migrations, translations, documents, production settings
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) messages --check
	$(MANAGE) documents --check
	DJANGO_ENV=production SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=example.org DATABASE_URL=postgresql:///none \
	$(MANAGE) check --deploy --fail-level WARNING

browser: .venv/installed-dev ## open every page in Debian's Chromium
	@{ command -v chromium && fc-list :lang=th | grep -q .; } >/dev/null 2>&1 || .ci/install-chromium
	$(PYTHON) -m pytest $(WORKERS) -m browser tests/browser

fuzz: .venv/installed-dev ## ask the API 20,000 questions, right and wrong, and hold it to its description
	FUZZ_REQUESTS=$(FUZZ_REQUESTS) $(PYTHON) -m pytest -q tests/spending/test_fuzz.py
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PYTHON) -m pytest -q tests/secure/test_fuzz.py
FUZZ_REQUESTS := 20000
FUZZ_EXAMPLES := 400

bench: .venv/installed-dev ## measure speed and memory; prints ratios
	$(PYTHON) -m benchmarks

chaos: .venv/installed-dev ## kill the complaints' processes, queue, database in 24 ways (N=50 for fewer complaints each)
	$(PYTHON) -m proofs $(if $(N),--n $(N)) $(FAULTS)
	EXAMPLES=$(or $(EXAMPLES),500) $(PYTHON) -m pytest -q tests/complaints/test_machine.py

secure: .venv/installed-dev ## try hostile input by the thousand, and look for planted words everywhere; prints the list
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) SEALED_ROWS=10000 $(PYTHON) -m pytest -q -rs tests/secure tests/complaints/test_canary.py tests/complaints/test_cleaning.py
	$(PYTHON) -m proofs.canary

audit: .venv/installed-dev ## look for weaknesses in code and dependencies (asks PyPI), write their list to var/sbom.json
	$(PYTHON) -m pytest -q tests/secure/test_code.py
	@mkdir -p var
	$(PYTHON) -m cyclonedx_py requirements --of JSON --output-reproducible -o var/sbom.json requirements.txt
	$(PYTHON) -m uv tool run --from $(PIP_AUDIT) pip-audit --require-hashes --disable-pip -r requirements.txt || { echo \
	"pip-audit found weaknesses, or could not ask PyPI for them: see its lines above. It alone needs the network."; exit 1; }
PIP_AUDIT := pip-audit==2.10.1

messages: .venv/installed-dev ## collect the sentences to translate, compile the translations
	$(MANAGE) messages

lock: .venv/installed-dev ## resolve the dependencies of pyproject.toml anew (UPGRADE=--upgrade for newer ones)
	$(PYTHON) -m uv pip compile --quiet $(LOCK) pyproject.toml -o requirements.txt
	$(PYTHON) -m uv pip compile --quiet $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE)

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what the site needs, once; this takes a minute or two."
	@$(INSTALL) requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the site and its tests need, once; this takes a few minutes."
	@$(INSTALL) requirements-dev.txt
	@touch $@ .venv/installed

.venv/bin/python:
	@rm -rf .venv
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python -m venv .venv && exit 0; \
			rm -rf .venv; \
			echo "$$python could not make a virtual environment; see its message above."; \
			exit 1; \
		fi; \
	done; \
	echo "This site needs Python 3.11 or newer. Found here: $$(python3 --version 2>&1)"; \
	exit 1
