# Each target works as the first command on a bare clone of a Debian with git, make and Python 3.11.
SHELL := /bin/bash
PYTHON := .venv/bin/python
# Prefect and its server must not call home. One Tesseract thread per reader: more only get in each other's way.
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
export OMP_THREAD_LIMIT := 1

.PHONY: help setup setup-test demo test check bench fuzz mutate offline bench-speed bench-accuracy train tamper torture clean

help:
	@echo "make setup   install what is missing and make .venv/"
	@echo "make demo    sample certificates through the whole house, with a local Prefect server"
	@echo "make test    all tests"
	@echo "make check   style, types and the walls between the rooms"
	@echo "make offline the main job, Prefect included, in a network without a way out: 0 connections beyond loopback"
	@echo "make bench   speed, accuracy and scale"
	@echo "make bench-speed   what reading costs beside the bare tools, memory included"
	@echo "make bench-accuracy   how well certificates are read, beside a plain script; N=200 drawn look-alikes"
	@echo "make fuzz    10,000 mutated documents through the sandbox (two hours on two cores); N=1000 of them"
	@echo "make train   fit the weights of the finder to the labelled documents at hand"
	@echo "make mutate  change the rules engine in every small way and see that a test fails (half an hour)"
	@echo "make tamper  flip every bit of an export and of all entries, every byte of a backup and of the file, and count"
	@echo "make torture  kill, race and fill disks, and count what was lost or doubled (twenty minutes; ROUNDS=20 for less)"
	@echo "make clean   remove what the other targets made (the packages of the system stay)"

setup:
	@.ci/packages run
	@.ci/venv

setup-test:
	@.ci/packages test
	@.ci/venv

demo: setup
	@$(PYTHON) -m pipeline.demo

test: setup-test
	$(PYTHON) -m pytest -n 2 --dist loadgroup

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup-test
	@for file in benchmarks/*.py; do [ -f "$$file" ] || continue; echo "== $$file"; $(PYTHON) "$$file" || exit 1; done

offline: setup
	@$(PYTHON) -m benchmarks.offline

bench-speed: setup-test
	@$(PYTHON) benchmarks/reading_speed.py

bench-accuracy: setup-test
	@$(PYTHON) -m benchmarks.accuracy.run $(if $(N),--look-alikes $(N))

fuzz: setup-test
	@$(PYTHON) -m benchmarks.fuzz.run $(if $(N),--count $(N))

train: setup-test
	$(PYTHON) -m benchmarks.accuracy.train

mutate: setup-test
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[mutation]'
	rm -rf mutants
	.venv/bin/mutmut run
	.venv/bin/mutmut results

tamper: setup-test
	@$(PYTHON) -m benchmarks.tampering

torture: setup-test
	@$(PYTHON) -m benchmarks.torture.run $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED))

clean:
	rm -rf mutants .venv demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
