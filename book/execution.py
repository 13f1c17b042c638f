"""Run a notebook as a reader would, and refuse an output that a reader should not get."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_lib.kernel import ThisInterpreter

WIDGET = "application/vnd.jupyter.widget-view+json"
LONGEST_OUTPUT = 20_000  # characters; a longer text is not read
SECONDS_A_CELL = 120


async def run(
    notebook: NotebookNode, cell_done: Callable[..., object], forbidden: tuple[str, ...]
) -> list[str]:
    """Run all cells in place; return what is wrong, a sentence each. No output may show a `forbidden` path."""
    started: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            kernel_manager_class=ThisInterpreter,
            timeout=SECONDS_A_CELL,
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": folder}},
            on_cell_start=lambda cell_index, **_: started.append(cell_index),
            on_cell_complete=cell_done,
        )
        stopped = []
        try:
            await client.async_execute(env=_environment(folder))
        except CellExecutionError:
            pass  # the cell's outputs say it better
        except CellTimeoutError:
            stopped.append(f"{_place(notebook, started[-1])}: still running after {SECONDS_A_CELL} s")
        except DeadKernelError:
            stopped.append(f"{_place(notebook, started[-1])}: the kernel died")
    _tidy(notebook)
    return stopped or complaints(notebook, (*forbidden, folder))


def _environment(folder: str) -> dict[str, str]:
    """Nothing of this machine's user, and no fixed hash seed: a lesson must not need one."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHASHSEED", "PYTHONSTARTUP")
    }
    return kept | {
        "COURSE_BUILD": "1",
        "IPYTHONDIR": str(Path(folder) / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _tidy(notebook: NotebookNode) -> None:
    """Keep what a saved notebook can show: a live widget is dead in it, its static twin is not."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = NotebookNode(name="python")  # without the version
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if WIDGET not in output.get("data", {})]


def complaints(notebook: NotebookNode, forbidden: tuple[str, ...]) -> list[str]:
    """What no reader should find in an output: each a sentence that names the cell."""
    return [
        f"{_place(notebook, index)}: {problem}"
        for index, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", ())
        for problem in _problems(output, forbidden)
    ]


def _place(notebook: NotebookNode, index: int) -> str:
    """A cell by its number among the code cells, and its first line."""
    number = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    return f"code cell {number} ({notebook.cells[index].source.strip().splitlines()[0]})"


def _problems(output: NotebookNode, forbidden: tuple[str, ...]) -> Iterator[str]:
    if output.output_type == "error":
        yield f"raised {output.ename}: {output.evalue}; show an expected error with lesson.error"
        return
    if output.get("name") == "stderr":
        yield f"wrote to stderr: {output.text.strip()[:300]}"
    for kind, text in texts(output).items():
        if address := re.search(r"\bat 0x[0-9a-fA-F]+", text):
            yield f"shows a memory address ({address[0]}), new in each run; give the object a repr"
        for path in forbidden:
            if path in text:
                yield f"shows a path of this machine ({path})"
        if kind in ("stream", "text/plain", "text/markdown") and len(text) > LONGEST_OUTPUT:
            yield f"has {len(text):,} characters of {kind}; show less than {LONGEST_OUTPUT:,}"


def texts(output: NotebookNode) -> dict[str, str]:
    """The readable parts of an output: {kind: text}."""
    if output.output_type == "stream":
        return {"stream": output.text}
    data = output.get("data", {})
    return {kind: text for kind, text in data.items() if kind.startswith("text/") or kind == "image/svg+xml"}
