.PHONY: demo install test check messages lock clean

# An instance with the sample record, on http://localhost:8000
demo: install
	.venv/bin/consulta demo $(ARGS)

# Only install: .venv/bin/consulta then works
install:
	@sh install.sh requirements.lock

# Install what the tests need, a browser where it can, and run everything
test:
	@sh install.sh requirements-dev.lock
	@sh tests/browser.sh
	.venv/bin/pytest -n auto -m "not browser and not kill" $(ARGS)
	.venv/bin/pytest -n auto --dist loadfile -m "browser or kill" $(ARGS)

# What .ci/run checks besides the tests
check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m django makemigrations --check --dry-run --settings consulta.config.settings
	.venv/bin/python -m django check --fail-level WARNING --settings consulta.config.settings

# Gather the words to translate from the source into each language's catalogue (docs/translating.md)
messages:
	.venv/bin/python catalogues.py update

# Resolve the locks anew (needs uv)
lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --all-extras -c requirements.lock --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q -o requirements-dev.lock

clean:
	rm -rf .venv var
