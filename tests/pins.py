"""`make pins`: chooses one set of versions that serves every Python the course declares, and proves it with pip.

python tests/pins.py            choose anew, write constraints.txt and environment.yml, then prove
python tests/pins.py --check    only prove
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# "3.11" means 3.11.0 to pip: a pin that wants 3.11.5 would shut out the Python of Debian 12.
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# What no resolution on this machine sees, because only other systems or patch releases need it.
ELSEWHERE = ("appnope", "async-timeout", "colorama", "setuptools")
WINDOWS = ("pywinpty",)  # has wheels for nothing else
HEAD = """\
# One set of versions for Python 3.11 to 3.14, on Linux, macOS and Windows. Renew it with `make pins`,
# which also proves that every pin has a wheel for each of the four.
"""


def project() -> dict[str, list[str]]:
    """Extra -> what it requires, as pyproject.toml has it; "" for what all need."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": found["dependencies"], **found["optional-dependencies"]}


def requirements() -> list[str]:
    """Everything that pyproject.toml names, and what only other systems need."""
    return sorted({name for names in project().values() for name in names} | set(ELSEWHERE))


def read(path: Path = ROOT / "constraints.txt") -> dict[str, str]:
    """Package -> version, as the file spells them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def canonical(name: str) -> str:
    """One spelling for `Jinja2` and `jinja2`, `rpds_py` and `rpds-py` (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def resolve(python: str, *options: str) -> dict[str, str]:
    """What pip would install for that Python, here and on Windows: package -> version.

    Raises:
        RuntimeError: pip finds no solution, with its last words.
    """
    here = _pip(python, *options, *requirements())
    return here | _pip(python, *options, "--platform=win_amd64", "--no-deps", *WINDOWS)


def _pip(python: str, *arguments: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
        command += ["--only-binary=:all:", f"--python-version={python}", f"--target={folder}"]
        command += [f"--report={report}", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            words = [line for line in done.stderr.splitlines() if not line.startswith("WARNING")]
            raise RuntimeError("\n".join([f"Python {python}:", *words[-20:]]))
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {item["metadata"]["name"]: item["metadata"]["version"] for item in items}


def prove(python: str) -> list[str]:
    """Resolves with the pins; returns what would be installed without one."""
    pinned = {canonical(name) for name in read()}
    return sorted(name for name in resolve(python, "-c", "constraints.txt") if canonical(name) not in pinned)


def seal() -> str:
    """The line that tells what was proved: a digest of the pins and of what requires them."""
    proved = json.dumps([requirements(), sorted(read().items()), PYTHONS])
    return f"# Proved: {hashlib.sha256(proved.encode()).hexdigest()[:16]}\n"


def write(pins: dict[str, str], last_line: str = "") -> None:
    """Writes constraints.txt, and environment.yml after it."""
    chosen = sorted(pins.items(), key=lambda pin: canonical(pin[0]))
    text = HEAD + "".join(f"{name}=={version}\n" for name, version in chosen) + last_line
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")


def environment() -> str:
    """The same for conda: its Python, and pip's packages at the same versions."""
    pinned = {canonical(name): version for name, version in read().items()}
    names = sorted(project()[""])
    pins = "".join(f"      - {name}=={pinned[canonical(name.split('[')[0])]}\n" for name in names)
    return (
        "# Made by `make pins` from pyproject.toml and constraints.txt.\n"
        "#   conda env create -f environment.yml && conda activate distributed-systems && course lab\n"
        "name: distributed-systems\n"
        "channels:\n  - conda-forge\n"
        "dependencies:\n"
        '  - python>=3.11,<3.15\n  - pip\n  - pip:\n      - "-c constraints.txt"\n'
        f"{pins}"
        '      - "-e ."\n'
    )


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        # The newest that the oldest Python can have mostly serves the newer ones as well.
        write(resolve(PYTHONS[0]))
    with ThreadPoolExecutor(max_workers=2) as pool:
        for python, unpinned in zip(PYTHONS, pool.map(prove, PYTHONS), strict=True):
            if unpinned:
                print(f"Python {python}: no pin for {', '.join(unpinned)}. Run `make pins`.", file=sys.stderr)
                return 1
            print(f"Python {python}: every package resolves to its pin", flush=True)
    write(read(), seal())
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except RuntimeError as error:
        sys.exit(str(error))
