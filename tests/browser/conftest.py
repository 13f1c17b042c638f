"""A browser for each test process, JupyterLab for those that ask for it, and notebooks opened by their path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import browsing
import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

expect.set_options(timeout=browsing.PATIENCE * 1000)  # a busy machine is no failure


# Not for the session: playwright leaves an event loop running in this thread, and other modules want their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsing.JupyterLab]:
    with browsing.jupyterlab(tmp_path_factory.mktemp("jupyterlab")) as server:
        yield server


@pytest.fixture
def open_notebook(jupyterlab: browsing.JupyterLab, page: Page) -> Callable[[Path], browsing.Notebook]:
    """Opens a copy of a notebook: `open_notebook(path).run_all()`."""
    return lambda path: jupyterlab.open(page, path)


@pytest.fixture
def run_cells(
    tmp_path: Path, open_notebook: Callable[[Path], browsing.Notebook]
) -> Callable[..., browsing.Notebook]:
    """A notebook of these cells, run to its end: `run_cells("1 + 1", "2 + 2")`."""

    def run(*cells: str) -> browsing.Notebook:
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        sources = [nbformat.v4.new_code_cell(cell, id=f"cell-{i}") for i, cell in enumerate(cells)]
        path = tmp_path / f"{tmp_path.name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=sources, metadata=kernel), path)
        notebook = open_notebook(path)
        notebook.run_all()
        return notebook

    return run
