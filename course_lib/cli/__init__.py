"""The command `course`: what is installed, how far one has come, a fresh notebook, a grade."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    # The lab's own arguments belong to Jupyter, so argparse is not asked about them.
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["lab"]:
        return _lab(words[1:])
    options = _parser().parse_args(words)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description=__doc__)
    commands = parser.add_subparsers(metavar="command", required=True)
    commands.add_parser("lab", help="open the course in JupyterLab; further words go to Jupyter")

    command = commands.add_parser("doctor", help="what is installed, what is missing and how to get it")
    command.set_defaults(run=_doctor)

    command = commands.add_parser("status", help="your results, chapter by chapter")
    command.set_defaults(run=_status)

    command = commands.add_parser("reset", help="a fresh exercise notebook; yours is kept aside")
    command.add_argument("chapter", type=_chapter, help="its number, such as 03")
    command.add_argument("--lesson", action="store_true", help="the lesson in place of the exercises")
    command.set_defaults(run=_reset)

    command = commands.add_parser(
        "check", help="grade a notebook; exit code 0 all right, 1 not yet, 2 not gradable"
    )
    command.add_argument("notebook", type=Path)
    command.add_argument(
        "--cell-timeout", type=_seconds, default=60, metavar="SECONDS", help="for each cell (60)"
    )
    command.set_defaults(run=_check)

    command = commands.add_parser("get", help="bring a real server, without root")
    command.add_argument("server", choices=["redis", "etcd"])
    command.set_defaults(run=_get)
    return parser


def _chapter(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a chapter has a number, such as 03; here is none")
    return text


def _seconds(text: str) -> float:
    """Any number of seconds above 0, or argparse's sentence and exit code 2."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"a cell's time is a number of seconds above 0, not {text!r}")
    return seconds


def _lab(arguments: Sequence[str]) -> int:
    """Prepares the learner's folder and opens JupyterLab there."""
    from course_lib import workspace

    for name in workspace.prepare():
        chapter, lesson = name[:2], "" if name.endswith("_exercises.ipynb") else " --lesson"
        if not chapter.isdigit():
            chapter = name.removesuffix(".ipynb")
        print(f"A newer {name} has come; yours is untouched. To get it:  course reset {chapter}{lesson}")
    print("JupyterLab opens in your browser. To end it, press Ctrl-C here.", flush=True)
    return workspace.open_lab(arguments)


def _doctor(options: argparse.Namespace) -> int:
    from course_lib.cli.doctor import examine

    return examine()


def _status(options: argparse.Namespace) -> int:
    from course_lib.cli.status import show

    return show()


def _reset(options: argparse.Namespace) -> int:
    from course_lib import workspace

    try:
        fresh, kept = workspace.reset(options.chapter, options.lesson)
    except workspace.NoSuchChapter as error:
        print(error, file=sys.stderr)
        return 2
    if kept:
        print(f"Your notebook is kept as {kept}")
    print(f"A fresh one is {fresh}")
    print("If it is open in JupyterLab, close its tab and open it again.")
    return 0


def _check(options: argparse.Namespace) -> int:
    from course_lib.cli.check import grade

    return grade(options.notebook, options.cell_timeout)


def _get(options: argparse.Namespace) -> int:
    from course_lib.cli.get import fetch

    return fetch(options.server)
