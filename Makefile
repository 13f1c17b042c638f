# Any Python 3 will do here: start.py looks for one that the course can use.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1; then echo $$p; break; fi; done)

.PHONY: help lab test build bench soak pins clean

help:
	@echo "make lab    set up and open the course in JupyterLab (ARGS=--no-browser passes on)"
	@echo "make test   set up and run the whole test suite (ARGS='-k ring' passes on)"
	@echo "make build  notebooks, exercises and solutions from book/ (CHECK=1 only compares, ONLY=03 one chapter)"
	@echo "make bench  ours beside its peers"
	@echo "make soak   the long tests"
	@echo "make pins   renew constraints.txt (CHECK=1 only proves that it serves every Python version)"
	@echo "make clean  remove the environment and caches; your work/ stays"

lab test bench soak: python
	@$(PYTHON) start.py $@ $(ARGS)

build: python
	@$(PYTHON) start.py build $(if $(CHECK),--check) $(if $(ONLY),--only $(ONLY)) $(ARGS)

pins: python
	@$(PYTHON) start.py pins $(if $(CHECK),--check) $(ARGS)

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python
python:
	@$(if $(PYTHON),:,echo "No Python 3 was found. Debian, Ubuntu: sudo apt install python3 python3-venv. \
	macOS: brew install python@3.13" >&2; exit 1)
