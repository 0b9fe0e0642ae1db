# make demo: the whole cycle on the sample notice.   make test: the whole test suite.
# On Windows see README.md (py -m venv ...). Everything lives in .venv; nothing else on the machine is touched.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
STAMP := .venv/.ready
DEMO ?= demo-out

.PHONY: spellings province service-soak year ticks torture demo test check format lock score-notices bench hostile mutate what-if clean help

help:
	@echo "make demo | make test | make check | make score-notices | make bench | make province | make hostile | make mutate | make spellings | make what-if | make torture | make year | make service-soak | make ticks | make lock | make clean"

$(STAMP): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "Python 3.11 or newer is needed; name it with: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q workplan_xlsx
	@$(BIN)/python -c "import pathlib; pathlib.Path('$(STAMP)').touch()"

demo: $(STAMP)
	@rm -rf $(DEMO)
	$(BIN)/workplan demo $(DEMO)

test: $(STAMP)
	$(BIN)/python -m pytest -n 2

check: $(STAMP)
	$(BIN)/ruff check --no-cache . # its cache does not notice that an imported room has gone
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Ratios to what others would run; BENCH="--check" fails where a bar is missed, "--only intake" is a part.
bench: $(STAMP)
	$(BIN)/python tools/bench $(BENCH)

# A period of 5,440 units through the real commands (some minutes); UNITS="34 340 3400" shows the growth.
province: $(STAMP)
	$(BIN)/python tools/province.py $(UNITS)

score-notices: $(STAMP)
	$(BIN)/python tools/score_notices.py

# A year of the service with crashes, a week off, a full disk (about half an hour); YEAR="--small --months 2".
year: $(STAMP)
	$(BIN)/python tools/year $(YEAR)

# The service in real time for some minutes: forms dropped in, answers, memory.
service-soak: $(STAMP)
	$(BIN)/python tools/soak.py --minutes $(or $(MINUTES),5)

# What the service costs while nothing happens: 10,000 looks under a clock of ours, processor time and memory.
ticks: $(STAMP)
	$(BIN)/python tools/ticks.py --ticks $(or $(TICKS),10000)

# kill -9 at system calls and at random, a thousand times: about half an hour on two idle cores; needs strace.
torture: $(STAMP)
	$(BIN)/python tools/torture --kills $(or $(KILLS),1000)

# Needs uv; the locks hold hashes and no addresses.
lock:
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/runtime.lock
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --all-extras --group dev -o requirements/dev.lock

clean:
	rm -rf .venv $(DEMO) build *.egg-info .mypy_cache .ruff_cache .pytest_cache

# Needs ../shared/hostile: builds the attacks, unpacks the real files, reads all of them.
HOSTILE ?= /tmp/workplan-hostile
hostile: $(STAMP)
	mkdir -p $(HOSTILE)/corpus
	$(BIN)/python ../shared/hostile/make_hostile.py $(HOSTILE)
	tar -xzf ../shared/hostile/corpus.tar.gz -C $(HOSTILE)/corpus
	$(BIN)/python tools/hostile.py $(HOSTILE) $(HOSTILE)/corpus ../shared/hostile/corpus.csv
	$(BIN)/python tools/hostile_inbox.py ../shared/hostile/make_hostile.py --folder $(HOSTILE)

# 10,000 changed forms take about half an hour on two cores; MUTATE="--count 500 --seed 7" for a look.
mutate: $(STAMP)
	$(BIN)/python tools/mutate $(MUTATE)

# 10,000 workbooks in any spelling of XML against an independent reader, a minute: COUNT=50000 SEED=7.
spellings: $(STAMP)
	$(BIN)/python tests/returned/test_differential.py $(or $(COUNT),10000) $(or $(SEED),1000)
	PYTHONPATH=tests:tests/books $(BIN)/python tests/returned/test_respelled_forms.py 1000 $(or $(SEED),1000)

# 测算: settings of the yellow cells at random, reckoned by LibreOffice, against the engine (needs LibreOffice).
what-if: $(STAMP)
	PYTHONPATH=tests:tests/books $(BIN)/python tests/books/test_ranking_what_if.py $(or $(SETTINGS),1000)
