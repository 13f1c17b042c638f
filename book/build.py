"""Build notebooks/, solutions/, exercises/ and book/prices.json from the texts in book/.

    python book/build.py [--check] [--only 03]

With --check nothing is written: the build goes to a temporary folder and is compared with what is committed.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from comparison import differences, install, outputs, write
from execution import run
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sources import SourceError, read_exercises, read_lesson

from course_lib.paths import ROOT, chapters

BUILT = ("notebooks", "solutions", "exercises")
PRICE = "application/vnd.course.price+json"
WORKERS = 2


class BuildError(Exception):
    """A build that must not be kept; its text names the notebook and the cell."""


def texts(root: Path) -> dict[str, Path]:
    """Every text that becomes an executed notebook: {built file: source}."""
    book = root / "book"
    found = {
        f"notebooks/{chapter.name}.ipynb": book / chapter.name / "lesson.md" for chapter in chapters(root)
    }
    glossary = book / "glossary.md"
    return found | ({"notebooks/glossary.ipynb": glossary} if glossary.exists() else {})


def graded(root: Path) -> dict[str, Path]:
    """Every text that becomes an assignment: {assignment: source}."""
    found = {chapter.name: root / "book" / chapter.name / "exercises.md" for chapter in chapters(root)}
    return {name: source for name, source in found.items() if source.exists()}


def notebook_of(assignment: str) -> str:
    return f"{assignment}/{assignment[:2]}_exercises.ipynb"


def expected(root: Path) -> set[str]:
    """Every notebook that has a source."""
    return set(texts(root)) | {f"{kind}/{notebook_of(name)}" for name in graded(root) for kind in BUILT[1:]}


def orphans(root: Path) -> list[str]:
    """Built notebooks whose source is gone."""
    built = {path.relative_to(root).as_posix() for kind in BUILT for path in (root / kind).rglob("*.ipynb")}
    return sorted(name for name in built - expected(root) if ".ipynb_checkpoints" not in name)


async def build_lessons(root: Path, out: Path, wanted: dict[str, Path]) -> None:
    """Run the lessons, two at a time."""
    forbidden = (str(root), str(Path.home()))
    slots = asyncio.Semaphore(WORKERS)
    problems: list[str] = []
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()) as bar:

        async def build(name: str, source: Path) -> None:
            notebook = read_lesson(source)
            task = bar.add_task(name, total=len(notebook.cells))
            async with slots:
                found = await run(notebook, lambda **_: bar.advance(task), forbidden)
            problems.extend(f"{name}, {problem}" for problem in found)
            bar.update(task, completed=len(notebook.cells))
            write(out / name, nbformat.writes(notebook))

        await asyncio.gather(*(build(name, source) for name, source in wanted.items()))
    if problems:
        raise BuildError("\n".join(problems))


def build_exercises(assignment: str, source: Path, out: Path, points: dict[str, float]) -> None:
    """The source version from our text, the release version from it by nbgrader itself."""
    notebook = read_exercises(source, points)
    write(out / "solutions" / notebook_of(assignment), nbformat.writes(notebook))
    release(assignment, out)


def release(assignment: str, root: Path) -> None:
    """What `nbgrader generate_assignment` does in the repository, without its database."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.SaveCells.enabled = False
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = assignment
    course = CourseDirectory(config=config)
    converter = GenerateAssignment(coursedir=course, config=config, no_database=True)
    converter.log.setLevel("ERROR")
    converter.start()


def points_of(chapter: str) -> dict[str, float]:
    """Points of a chapter's questions, as the checks count them: {"moved_share": 2}."""
    from course_lib import checks

    return {question.id.partition(".")[2]: question.points for question in checks.questions(chapter)}


def build_prices(root: Path, out: Path) -> None:
    """Gather the rows that the lessons' price tags show."""
    rows = []
    for chapter in chapters(root):
        name = f"notebooks/{chapter.name}.ipynb"
        built = next((folder / name for folder in (out, root) if (folder / name).exists()), None)
        if built:
            for output in outputs(nbformat.read(built, 4)):
                rows += [{"chapter": chapter.number} | row for row in output.get("data", {}).get(PRICE, [])]
    write(out / "book" / "prices.json", json.dumps(rows, indent=1, sort_keys=True) + "\n")


def build(root: Path, out: Path, only: str | None, points: Callable[[str], dict[str, float]]) -> None:
    """Build everything, or one chapter, into the folder `out`."""
    wanted = {name: source for name, source in texts(root).items() if only is None or f"/{only}_" in name}
    asyncio.run(build_lessons(root, out, wanted))
    for name, source in graded(root).items():
        if only in (None, name[:2]):
            build_exercises(name, source, out, points(name[:2]))
    build_prices(root, out)


def check(root: Path, only: str | None, points: Callable[[str], dict[str, float]] = points_of) -> int:
    """0 when what is committed is what would be built, else 1 with the differences printed."""
    with tempfile.TemporaryDirectory() as folder:
        build(root, Path(folder), only, points)
        stale = differences(root, Path(folder))
    for diff in stale.values():
        print(diff, end="\n\n")
    for name in (lost := orphans(root)):
        print(f"{name} has no source in book/")
    if stale or lost:
        print(f"{len(stale) + len(lost)} built files are not what book/ says: run make build, then commit.")
    return 1 if stale or lost else 0


def make(root: Path, only: str | None, points: Callable[[str], dict[str, float]] = points_of) -> int:
    """Build, and keep what differs."""
    changed = once(root, only, points)
    shown = any("prices()" in source.read_text(encoding="utf-8") for source in texts(root).values())
    if "book/prices.json" in changed and shown:
        print("The price table changed: building the lessons that show it once more.")
        changed += once(root, None, points)
    for name in orphans(root):
        (root / name).unlink()
        print(f"removed {name}: it has no source in book/")
    for name in sorted(set(changed)):
        print(f"built {name}")
    print("All built files are fresh." if not changed else f"{len(set(changed))} files changed.")
    return 0


def once(root: Path, only: str | None, points: Callable[[str], dict[str, float]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        build(root, Path(folder), only, points)
        return install(root, Path(folder))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the notebooks from the texts in book/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a built file is stale")
    parser.add_argument("--only", metavar="NN", help="one chapter, by its number, such as 03")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    numbers = [chapter.number for chapter in chapters(options.root)]
    if options.only and options.only not in numbers:
        parser.error(f"no chapter {options.only} in book/; there are {', '.join(numbers) or 'none'}")
    try:
        return (check if options.check else make)(options.root.resolve(), options.only)
    except (BuildError, SourceError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
