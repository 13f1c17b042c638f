"""What the design promises of the whole tree: floors, a light import, nothing of one machine in a file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.paths import ROOT

PACKAGE = ROOT / "course_lib"
# A module may import from its own floor and from those below. What is not named is the subject.
FLOORS = {
    **dict.fromkeys(("sim", "limit", "paths", "record", "safeguards", "lazily", "loopback"), 0),
    **dict.fromkeys(("pictures", "labs"), 2),
    **dict.fromkeys(("checks", "grading", "lesson", "workspace", "kernel", "cli"), 3),
}
SUBJECT = 1
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(module: str) -> int:
    """The floor of "labs.ring" is that of "labs"."""
    return FLOORS.get(module.split(".")[0], SUBJECT)


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """The course's modules that a file imports anywhere, inside functions too, without "course_lib."."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            package = path.parents[node.level - 1].relative_to(ROOT).parts
            found |= _from(".".join((*package, node.module or "")).rstrip("."), node)
        elif isinstance(node, ast.ImportFrom):
            found |= _from(node.module or "", node)
    return {name.removeprefix("course_lib.") for name in found if name.startswith("course_lib.")}


def _from(module: str, node: ast.ImportFrom) -> set[str]:
    return {f"{module}.{alias.name}" for alias in node.names} if module == "course_lib" else {module}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_from_its_own_floor_or_below(path):
    here = name_of(path)
    above = {name for name in imports(path) if floor(name) > floor(here)}
    assert not above, f"{here} is on floor {floor(here)} and imports {sorted(above)} from above"


def test_a_forbidden_import_would_be_seen(tmp_path, monkeypatch):
    module = tmp_path / "course_lib" / "hashing.py"
    module.parent.mkdir()
    module.write_text(
        "def draw():\n    from course_lib import pictures\n    from .labs.ring import RingLab\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert imports(module) == {"pictures", "labs.ring"}
    assert all(floor(name) > floor("hashing") for name in imports(module))


def test_importing_the_course_loads_nothing_heavy():
    heavy = ("numpy", "matplotlib", "networkx", "ipywidgets", "redis", "kazoo", "IPython", "nbformat")
    modules = [name_of(path) for path in MODULES if floor(name_of(path)) < 2 and "." not in name_of(path)]
    light = [
        f"course_lib.{name}"
        for name in (
            "paths",
            "record",
            "servers",
            "sim",
            "messaging",
            "consistency",
            "clocks",
            "locks",
            "transactions",
            "replication",
            "resilience",
            "cli",
        )
        if name in modules or name == "cli"
    ]
    program = f"import sys, course_lib, {', '.join(light)}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Spelled so that this file does not find itself.
REGISTRIES = [
    ".".join(name)
    for name in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("anaconda", "org"))
]
MACHINE = [r"(?<![\w.])/" + name + "/" for name in ("root", "home", "work", "tmp/w", "Users", "opt/pypi")]
FORBIDDEN = re.compile("|".join([re.escape(name) for name in REGISTRIES] + MACHINE))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.needs("git")
def test_no_file_names_a_package_registry_or_a_path_of_one_machine():
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, FileNotFoundError):  # a picture; a file just removed
            continue
        places = [(number, FORBIDDEN.search(line)) for number, line in enumerate(lines, 1)]
        found += [f"{path.relative_to(ROOT)}:{number}: {match[0]}" for number, match in places if match]
    assert not found
