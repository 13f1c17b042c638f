"""What a build keeps, and what counts as a difference from what is committed."""

import os
from difflib import unified_diff
from pathlib import Path

import nbformat
from nbformat import NotebookNode

DIFF_LINES = 30


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def comparable(path: Path) -> str:
    """The text of a built file without what may differ: bytes of bitmaps, and outputs tagged `varies`."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if "varies" in cell.metadata.get("tags", []):
            kinds = [
                (output.output_type, output.get("name"), sorted(output.get("data", {})))
                for output in cell.outputs
            ]
            cell.outputs = []
            cell.metadata["kinds of output"] = kinds
    for output in outputs(notebook):
        if "image/png" in output.get("data", {}):
            output.data["image/png"] = "a picture"
    # A drawing is one long line; cut at its elements, a diff shows the one that changed.
    return nbformat.writes(notebook).replace("><", ">\n<") + "\n"


def differences(root: Path, out: Path) -> dict[str, str]:
    """Files of `out` that `root` has not, or has otherwise: {name: unified diff}."""
    found = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = path.relative_to(out).as_posix()
        old, new = comparable(root / name) if (root / name).exists() else "", comparable(path)
        if old != new:
            found[name] = _short_diff(name, old, new)
    return found


def _short_diff(name: str, old: str, new: str) -> str:
    sides = (f"committed {name}", f"built {name}")
    lines = list(unified_diff(old.splitlines(), new.splitlines(), *sides, n=2, lineterm=""))
    more = [f"... and {len(lines) - DIFF_LINES} lines more"] if len(lines) > DIFF_LINES else []
    return "\n".join(lines[:DIFF_LINES] + more)


def install(root: Path, out: Path) -> list[str]:
    """Put into the repository what really differs; the rest keeps its bytes, bitmaps and timings included."""
    changed = list(differences(root, out))
    for name in changed:
        write(root / name, (out / name).read_text(encoding="utf-8"))
    return changed


def write(path: Path, text: str) -> None:
    """Write a file at once or not at all: a build that is stopped leaves no half notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8", newline="\n")
    os.replace(part, path)
