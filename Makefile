# One door to everything. `make help` lists it.
PY ?= python3
V := .venv
HOST ?= 127.0.0.1
PORT ?= 8000
# Where a clone keeps what people write. A packaged installation chooses its own (docs/settings.md).
export QINGTING_DATA_DIR ?= $(CURDIR)/data
# Compiled modules are kept: without them every start would take a second longer.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup serve test test-sqlite test-postgres test-long test-lines browser-deps check format bench eval-understand eval-guide eval-guard eval-memory train lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s'|'

$(V)/.run: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Qingting needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@test -x $(V)/bin/python || $(PY) -m venv $(V)
	$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(V)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

PO := $(wildcard qingting/site/locale/*/LC_MESSAGES/django.po)
$(V)/.locale: $(V)/.run $(PO)
	@$(V)/bin/pybabel -q compile -D django -d qingting/site/locale 2>/dev/null || $(V)/bin/pybabel compile -D django -d qingting/site/locale
	@touch $@

$(V)/.dev: requirements-dev.lock $(V)/.run
	$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(V)/.locale $(V)/.dev ## build .venv with the qingting command and the test tools

serve: $(V)/.locale ## set everything up and run at http://127.0.0.1:8000
	$(V)/bin/qingting serve --host $(HOST) --port $(PORT)

# The shell is the same engine without its windows, a third quicker; Chromium itself serves as well.
browser-deps: # a browser and a CJK font for the browser tests, where apt may install them
	@command -v chromium-headless-shell >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk' || \
	 { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	   export DEBIAN_FRONTEND=noninteractive && apt-get update -qq && \
	   { apt-get install -y -qq chromium-headless-shell fonts-noto-cjk fontconfig >/dev/null 2>&1 || \
	     apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null; }; } || \
	 command -v chromium >/dev/null || \
	 echo "Chromium could not be installed here: the browser tests will be skipped (CI requires them)."

test: setup browser-deps test-sqlite test-postgres ## set up and pass all the tests, on SQLite and on PostgreSQL

# Four at a time on two cores, because much of it waits for servers to start; a file's tests
# together: they share those servers.
AT_ONCE ?= -n 4 --dist loadfile --no-loadscope-reorder

# What takes minutes by itself (whole backups, rotation, erasing and letters under kill -9, the bench,
# taking one's data along):
# `make test-long`.
LONG := tests/bench tests/browser/test_my_data.py tests/browser/test_setup_pages.py tests/privacy/test_rotate_command.py tests/privacy/test_backup.py tests/privacy/test_audit_real.py tests/privacy/test_erasing.py tests/people/test_my_data.py tests/site/test_start_serving.py tests/browser/test_people_pages.py tests/browser/test_progress_charts.py tests/browser/test_telling.py tests/browser/test_voices.py tests/telling/test_worker.py tests/browser/test_pictures.py tests/browser/test_questions.py tests/browser/test_letter.py tests/browser/test_library.py tests/browser/test_progress_notes.py tests/browser/test_skills.py tests/browser/test_asking_after.py tests/browser/test_memory.py

test-sqlite: setup
	$(V)/bin/python -m pytest $(AT_ONCE) $(addprefix --ignore=,$(LONG))

test-postgres: setup
	QINGTING_TEST_DATABASE=postgres $(V)/bin/python -m pytest $(AT_ONCE) -m 'not browser' tests/talk/test_idempotency.py tests/talk/test_kill.py tests/talk/test_sealed.py tests/memory tests/progress/test_felt.py tests/progress/test_questionnaires.py tests/safety tests/policy/test_counting.py tests/policy/test_balances.py tests/policy/test_reporting.py tests/complaints tests/telling/test_telling.py tests/voices/test_choosing.py tests/site/test_connections.py tests/privacy/test_declarations.py tests/privacy/test_audit_triggers.py tests/privacy/test_rows.py tests/people/test_accounts_joining.py tests/people/test_device_cookie.py

test-long: setup browser-deps ## what takes minutes: backups, rotation and erasing under kill -9, letters, the bench, staff pages, letters and library in a browser, a failing PostgreSQL
	$(V)/bin/python -m pytest $(LONG)
	QINGTING_TEST_DATABASE=postgres $(V)/bin/python -m pytest -m 'not browser' tests/talk/test_storage_fails.py tests/privacy/test_backup.py tests/privacy/test_rotate_command.py

test-lines: setup ## every line of ours, one by one, through the guard and the understanding
	QINGTING_TEST_EVERY_LINE=1 $(V)/bin/python -m pytest $(AT_ONCE) tests/companion/test_guard.py tests/companion/test_danger_answers.py tests/companion/protect/test_moves_model.py tests/memory/test_scripts.py

check: setup ## style, types, the table of allowed dependencies, and what Qingting says
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports
	$(V)/bin/qingting content check

format: setup ## put the code in house style
	$(V)/bin/ruff check --fix .
	$(V)/bin/ruff format .

bench: setup ## speed and load, beside a bare relay, in one run
	$(V)/bin/python -m bench

DATA ?=
eval-understand: $(V)/.train ## how well messages are understood (DATA=folder adds the public sets)
	PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(V)/bin/python -m evals.understand $(if $(DATA),--data $(DATA))

ARGS ?=
eval-guide: setup ## how guided talk holds up over whole conversations (ARGS="--show RULE", "--time")
	PYTHONPATH=. OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(V)/bin/python -m evals.guide $(ARGS)

eval-guard: setup ## what the reply guard holds back of replies it never saw (ARGS="--categories")
	PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(V)/bin/python -m evals.guard $(ARGS)

LOCOMO ?=
eval-memory: $(V)/.train ## how well it remembers: what is found, what comes to mind (LOCOMO=file adds the public benchmark)
	PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(V)/bin/python -m evals.memory $(if $(LOCOMO),--locomo $(LOCOMO)) $(ARGS)

OUT ?= qingting/content/models/second
train: $(V)/.train ## make the trained numbers of a reader again (DATA=folder of the public sets; needs a CPU build of PyTorch)
	PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(V)/bin/python -m training.run --data $(DATA) --out $(OUT)

# Not part of setup: nothing of it is needed to run Qingting or its tests.
$(V)/.train: pyproject.toml $(V)/.dev
	$(V)/bin/python -m pip install -q --disable-pip-version-check 'scikit-learn>=1.9,<2' 'scipy>=1.17,<2' 'rank-bm25>=0.2.2,<0.3'
	@touch $@

lock: ## refresh the locks (needs uv; for maintainers)
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock
	! grep -nE '://' requirements.lock requirements-dev.lock

clean: ## remove what was built (never what people wrote)
	rm -rf $(V) build dist qingting/site/static_built .pytest_cache .mypy_cache .ruff_cache
