"""JupyterLab and Chromium for tests and benchmarks: a server of our own, and notebooks open in it."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from course_lib.cli.doctor import find_chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
FLAGS += ("--disable-component-update", "--disable-sync")
PATIENCE = 60  # seconds, until a wait is given up

# Each wait has an end, and says what it waited for: a notebook without a kernelspec asks for one in a dialog.
READY = """async (patience) => {
  const within = (what, promise) => Promise.race([promise, new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`JupyterLab: ${what} did not come`)), patience))]);
  const app = window.jupyterapp;
  await within("the workspace", app.restored);
  const { context } = app.shell.currentWidget;
  await within("the notebook", context.ready);
  await within("the kernel", context.sessionContext.ready);
  await within("the kernel's info", context.sessionContext.session.kernel.info);
}"""
EVALUATE = """async (expression) => {
  const kernel = window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
  const reply = await kernel.requestExecute({ code: "", user_expressions: { it: expression } }).done;
  return reply.content.user_expressions.it;
}"""

# From the notebook's model: the page may not have drawn them yet.
ERRORS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
  .filter((cell) => cell.type === "code")
  .flatMap((cell) => cell.outputs.toJSON())
  .filter((output) => output.output_type === "error")
  .map((output) => `${output.ename}: ${output.evalue}`)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium from PATH, with a profile of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Notebook:
    """A notebook that is open in JupyterLab; its kernel is ready."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(url)
        page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context", timeout=PATIENCE * 1000)
        page.evaluate(READY, PATIENCE * 1000)

    def run_all(self) -> None:
        """Runs all cells, and waits until the last has run."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def python(self, expression: str) -> Any:
        """The value of a Python expression in the kernel: what JSON can hold."""
        reply = self.page.evaluate(EVALUATE, f"__import__('json').dumps({expression})")
        assert reply["status"] == "ok", f"{expression}: {reply.get('ename')}: {reply.get('evalue')}"
        return json.loads(eval(reply["data"]["text/plain"], {"__builtins__": {}}))

    def errors(self) -> list[str]:
        """The exceptions in the notebook's outputs."""
        return self.page.evaluate(ERRORS)

    def output(self, cell: int) -> Locator:
        """The outputs of a cell, counted from 0."""
        return self.page.locator(".jp-Cell").nth(cell).locator(".jp-OutputArea").first


class JupyterLab:
    """A server on a free port of loopback that knows nothing of the user's own settings."""

    def __init__(self, root: Path, url: str, token: str) -> None:
        self.root, self.url, self.token = root, url, token

    def open(self, page: Page, path: Path) -> Notebook:
        """A copy of the notebook, in the server's folder."""
        shutil.copy(path, self.root / path.name)
        return Notebook(page, f"{self.url}lab/tree/{quote(path.name)}?token={self.token}&reset")


@contextmanager
def jupyterlab(folder: Path, theme: str = "JupyterLab Light") -> Iterator[JupyterLab]:
    """Starts JupyterLab with all its folders below `folder`; stops it and its kernels at the end."""
    root, settings = folder / "root", folder / "settings/@jupyterlab/apputils-extension"
    root.mkdir(parents=True)
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}'
    )
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}))
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    environment = os.environ | {name: str(folder / place) for name, place in names.items()}
    token = secrets.token_hex(16)
    options = {
        "ServerApp.root_dir": root,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    server = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        yield JupyterLab(root, _address(server), token)
    finally:
        server.terminate()  # the server shuts its kernels down
        try:
            server.wait(PATIENCE)
        finally:
            server.kill()


def _address(server: subprocess.Popen[str]) -> str:
    """Where the server says that it listens. Its log is read on, or it would block on a full pipe."""
    assert server.stderr
    watchdog = threading.Timer(PATIENCE, server.kill)
    watchdog.start()
    log = []
    for line in server.stderr:
        log.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            watchdog.cancel()
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return found.group()
    watchdog.cancel()
    raise RuntimeError("JupyterLab did not start:\n" + "".join(log[-20:]))
