"""A browser for each test process, JupyterLab for those that ask for it, and notebooks opened by their path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import browsing
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
