"""The learner's folder `work/`: copies of the built notebooks, which nothing here ever overwrites.

`work/.course/copied.json` keeps the digest of each built notebook as it was copied, to tell which of them have become
newer than the learner's copy.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course_lib import paths, record

CONFIG = Path(__file__).parent / "jupyter"  # JupyterLab settings of the course: no prompt for news


class NoSuchChapter(ValueError):
    """The course has no such chapter; the message lists those that it has."""


def built(root: Path = paths.ROOT) -> dict[str, Path]:
    """Name in the learner's folder -> the built notebook that is copied there."""
    lessons = sorted((root / "notebooks").glob("*.ipynb"))
    exercises = sorted((root / "exercises").glob("*/[0-9][0-9]_exercises.ipynb"))
    return {path.name: path for path in (*lessons, *exercises)}


def prepare(root: Path = paths.ROOT) -> list[str]:
    """Copies the notebooks that `work/` has not got yet; returns the names of those built anew since their copy."""
    work = root / "work"
    (work / record.FOLDER).mkdir(parents=True, exist_ok=True)
    copied = _read_copied(work)
    newer = []
    for name, source in built(root).items():
        digest = _digest(source)
        if not (work / name).exists():
            _copy(source, work / name)
            copied[name] = digest
        elif copied.setdefault(name, digest) != digest:
            newer.append(name)
    _write_copied(work, copied)
    return newer


def reset(chapter: str, lesson: bool = False, root: Path = paths.ROOT) -> tuple[Path, Path | None]:
    """Puts a fresh notebook of a chapter into `work/` and keeps the old one aside.

    A chapter without exercises has only its lesson to reset. Returns the fresh notebook and where the old one went.

    Raises:
        NoSuchChapter: nothing was built under that number.
    """
    sources = built(root)
    name = _exercises(chapter, sources) if not lesson else None
    name = name or _lesson(chapter, sources)
    if name is None:
        numbers = sorted({found[:2] for found in sources if found[:2].isdigit()})
        raise NoSuchChapter(
            f"There is no chapter {chapter!r}. The course has {', '.join(numbers) or 'none yet'}."
        )
    work = root / "work"
    (work / record.FOLDER).mkdir(parents=True, exist_ok=True)
    kept = _keep_aside(work / name)
    _copy(sources[name], work / name)
    _write_copied(work, {**_read_copied(work), name: _digest(sources[name])})
    return work / name, kept


def open_lab(arguments: Sequence[str] = (), root: Path = paths.ROOT) -> int:
    """Opens JupyterLab in `work/`, on loopback; `arguments` are Jupyter's own and come last. Returns its exit code."""
    work = root / "work"
    config_path = os.pathsep.join(filter(None, [str(CONFIG), os.environ.get("JUPYTER_CONFIG_PATH")]))
    # A kernel of the same name in the reader's home must not stand before the environment's.
    environment = {**os.environ, "JUPYTER_CONFIG_PATH": config_path, "JUPYTER_PREFER_ENV_PATH": "1"}
    command = [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={work}"]
    command += ["--LabApp.default_url=/lab/tree/00_start_here.ipynb", "--log-level=WARN"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # only in containers; JupyterLab refuses root otherwise
    command += arguments
    if os.name == "nt":  # there, exec would give the prompt back while the server still runs
        return subprocess.call(command, env=environment, cwd=work)
    os.chdir(work)
    os.execve(command[0], command, environment)


def _exercises(chapter: str, sources: dict[str, Path]) -> str | None:
    number = chapter.zfill(2)
    return next((name for name in sources if name in (f"{number}_exercises.ipynb", chapter)), None)


def _lesson(chapter: str, sources: dict[str, Path]) -> str | None:
    number = chapter.zfill(2)
    lessons = [name for name in sources if not name.endswith("_exercises.ipynb")]
    return next(
        (name for name in lessons if name[:3] == f"{number}_" or name.removesuffix(".ipynb") == chapter), None
    )


def _keep_aside(notebook: Path) -> Path | None:
    if not notebook.exists():
        return None
    number = 1
    while (kept := notebook.with_name(f"{notebook.stem}.kept-{number}.ipynb")).exists():
        number += 1
    return notebook.rename(kept)


def _copy(source: Path, target: Path) -> None:
    """Copies and trusts: JupyterLab shows saved HTML and SVG only of a notebook whose signature it knows."""
    import nbformat
    from nbformat.sign import NotebookNotary

    partial = target.with_suffix(".partial")
    partial.write_bytes(source.read_bytes())
    partial.rename(target)
    NotebookNotary().sign(nbformat.read(target, as_version=4))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_copied(work: Path) -> dict[str, str]:
    try:
        found = json.loads((work / record.FOLDER / "copied.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_copied(work: Path, copied: dict[str, str]) -> None:
    text = json.dumps(copied, indent=1, sort_keys=True)
    (work / record.FOLDER / "copied.json").write_text(text + "\n", encoding="utf-8")
