"""The road into the course: start.py, the Makefile, the pins, the learner's folder, the marker `needs`."""

import ast
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import nbformat
import pins
import pytest
import yaml
from nbformat.sign import NotebookNotary
from packaging.requirements import Requirement

from course_lib import paths, workspace

ROOT = paths.ROOT


# An interpreter that is not there is played by a script that answers start.py's question.
def fake_python(folder: Path, name: str, version: tuple[int, int], able: bool) -> None:
    folder.mkdir(exist_ok=True)
    answer = json.dumps([list(version), able, str(folder / name)])
    script = folder / name
    script.write_text(f"#!/bin/sh\necho '{answer}'\n")
    script.chmod(0o755)


def start(folder: Path, path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs a copy of start.py as an interpreter that is itself too old would, with only `path` on PATH."""
    shutil.copy(ROOT / "start.py", folder)
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    program = (
        "import sys, runpy; sys.executable = ''; sys.argv = sys.argv[1:]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(folder / "start.py"), *arguments],
        env={"PATH": str(path), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_start_is_read_by_an_old_python_too():
    ast.parse((ROOT / "start.py").read_text(), feature_version=(3, 6))


def test_start_imports_the_standard_library_only():
    tree = ast.parse((ROOT / "start.py").read_text())
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= set(sys.stdlib_module_names)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_only_an_old_python_ends_with_the_remedy(tmp_path):
    fake_python(tmp_path / "bin", "python3", (3, 10), able=True)
    done = start(tmp_path, tmp_path / "bin", "lab")
    assert done.returncode == 1
    assert "needs Python 3.11 to 3.14, and found only Python 3.10" in done.stderr
    assert all(system in done.stderr for system in ("Debian, Ubuntu:", "macOS:", "Windows:"))
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_ends_with_the_remedy(tmp_path):
    (tmp_path / "bin").mkdir()
    done = start(tmp_path, tmp_path / "bin", "test")
    assert done.returncode == 1
    assert "found none" in done.stderr


def test_a_python_without_ensurepip_is_told_which_package_to_install(tmp_path):
    fake_python(tmp_path / "bin", "python3", (3, 13), able=False)
    done = start(tmp_path, tmp_path / "bin", "lab")
    assert done.returncode == 1
    assert "sudo apt install python3.13-venv" in done.stderr


def test_a_name_that_leads_nowhere_is_passed_over(tmp_path):
    fake_python(tmp_path / "bin", "python3", (3, 9), able=True)
    shim = tmp_path / "bin" / "python3.12"
    shim.write_text("#!/bin/sh\necho 'no such version is installed' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert "found only Python 3.9" in start(tmp_path, tmp_path / "bin", "lab").stderr


def test_an_unknown_command_names_those_there_are(tmp_path):
    done = start(tmp_path, tmp_path, "lub")
    assert done.returncode == 1
    assert "lab|test|build" in done.stderr


@pytest.fixture
def environment(tmp_path):
    """A folder whose `.venv` pretends: its Python notes what it is asked and answers start.py's question."""
    log = tmp_path / "log"
    bin_ = tmp_path / ".venv" / "bin"
    bin_.mkdir(parents=True)
    python = bin_ / "python"
    answer = json.dumps([[3, 12], True, str(python)])
    python.write_text(
        "#!/bin/sh\n"
        f"case \"$2\" in *ensurepip*) echo '{answer}'; exit;; 'import pip') exit;; esac\n"
        f'echo "$@" >> {log}\n'
        f'case "$*" in *install*) exit $(cat {tmp_path}/pip_fails 2>/dev/null || echo 0);; esac\n'
    )
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def asked(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def system_path() -> Path:
    return Path(shutil.which("cat")).parent


def test_the_first_start_installs_with_the_pins_and_the_second_does_not(environment):
    assert start(environment, system_path(), "test").returncode == 0
    installed, ran = asked(environment)
    assert installed.endswith("install -c constraints.txt -e .[test]")
    assert ran.startswith("-m pytest")
    start(environment, system_path(), "test", "-k", "ring")
    assert len(asked(environment)) == 3
    assert asked(environment)[-1].endswith("-k ring")


def test_an_environment_for_tests_serves_the_lab_as_it_is(environment):
    start(environment, system_path(), "test")
    start(environment, system_path(), "lab", "--no-browser")
    assert asked(environment)[-1] == "-m course_lib.cli lab --no-browser"
    assert sum("install" in line for line in asked(environment)) == 1


def test_new_pins_are_installed_and_earlier_extras_stay(environment):
    start(environment, system_path(), "test")
    stamp = environment / ".venv" / "course.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "pins": "older"}))
    start(environment, system_path(), "lab")
    assert asked(environment)[-2].endswith(".[test]")


def test_a_failing_pip_says_what_to_do_and_ends_with_an_error(environment):
    (environment / "pip_fails").write_text("1")
    done = start(environment, system_path(), "lab")
    assert done.returncode == 1
    assert "network" in done.stderr and "disk" in done.stderr
    assert len(asked(environment)) == 1  # JupyterLab was not started


def test_an_installation_cut_short_is_made_again(environment):
    (environment / ".venv" / "course.json").write_text('{"whole": false}')
    fake_python(environment / "bin", "python3", (3, 10), able=True)
    assert "needs Python" in start(environment, environment / "bin", "lab").stderr


def test_an_environment_whose_python_is_gone_is_made_again(environment):
    (environment / ".venv" / "bin" / "python").unlink()
    fake_python(environment / "bin", "python3", (3, 10), able=True)
    assert "needs Python" in start(environment, environment / "bin", "lab").stderr


def test_an_environment_that_was_moved_is_made_again(environment):
    (environment / ".venv" / "course.json").write_text('{"whole": true, "root": "/elsewhere"}')
    fake_python(environment / "bin", "python3", (3, 10), able=True)
    assert "needs Python" in start(environment, environment / "bin", "lab").stderr


@pytest.mark.needs("make")
def test_make_without_a_python_says_so(tmp_path):
    for program in ("sh", "make", "echo"):
        (tmp_path / program).symlink_to(shutil.which(program))
    done = subprocess.run(
        ["make", "lab"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "No Python 3 was found" in done.stderr


# The pins.

PINNED = {pins.canonical(name): version for name, version in pins.read().items()}
SYSTEMS = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]
ENVIRONMENTS = [
    {
        "python_version": full.rpartition(".")[0],
        "python_full_version": full,
        "implementation_version": full,
        "sys_platform": sys_platform,
        "os_name": os_name,
        "platform_system": platform_system,
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    for full in ("3.11.0", "3.11.9", "3.12.0", "3.13.0", "3.14.0")
    for sys_platform, os_name, platform_system in SYSTEMS
    for machine in ("x86_64", "arm64", "AMD64", "aarch64")
]


def test_the_pins_are_those_that_were_proved_for_every_python():
    assert pins.seal() in (ROOT / "constraints.txt").read_text(), "run `make pins CHECK=1`"


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("python", pins.PYTHONS)
def test_the_pins_resolve_for_python(python):
    assert pins.prove(python) == []


def test_every_dependency_on_every_system_and_python_has_a_pin_that_fits():
    """Follows the installed packages' own requirements, with the markers of systems that are not this one."""
    missing = set()
    for name in PINNED:
        for text in _requirements(name):
            requirement = Requirement(text)
            if requirement.marker and not any(map(requirement.marker.evaluate, ENVIRONMENTS)):
                continue
            pin = PINNED.get(pins.canonical(requirement.name))
            if pin is None or not requirement.specifier.contains(pin):
                missing.add(f"{name} needs {text}, pinned is {pin}")
    assert not missing


def _requirements(name: str) -> list[str]:
    try:
        return distribution(name).requires or []
    except PackageNotFoundError:  # another system's
        return []


def test_what_pyproject_names_is_pinned():
    named = {pins.canonical(name.split("[")[0]) for names in pins.project().values() for name in names}
    assert named <= set(PINNED)


def test_conda_users_get_the_dependencies_of_pyproject_at_the_pinned_versions():
    found = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    by_pip = next(entry["pip"] for entry in found if isinstance(entry, dict))
    named = dict(line.split("==") for line in by_pip if "==" in line)
    assert sorted(named) == sorted(pins.project()[""])
    assert all(PINNED[pins.canonical(name.split("[")[0])] == version for name, version in named.items())
    assert "python>=3.11,<3.15" in found
    assert "-e ." in by_pip


def test_every_dependency_has_its_reason_in_contributing():
    reasons = re.findall(r"^\| `([^`]+)` \|.*\w.* \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    named = {name for names in pins.project().values() for name in names}
    assert named <= set(reasons)


# The learner's folder.


def course(root: Path, **notebooks: str) -> Path:
    """A course of two built notebooks."""
    for path, text in {
        "notebooks/03_hashing.ipynb": "lesson",
        "exercises/03_hashing/03_exercises.ipynb": "exercises",
        **notebooks,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        cells = [nbformat.v4.new_markdown_cell(text, id="a")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), root / path)
    return root


@pytest.fixture(autouse=True)
def own_signatures(tmp_path, monkeypatch):
    """Signatures of notebooks go to a folder of the test, not to the home of whoever runs it."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter-data"))


def test_the_built_notebooks_come_flat_into_work(tmp_path):
    assert workspace.prepare(course(tmp_path)) == []
    assert sorted(path.name for path in (tmp_path / "work").glob("*.ipynb")) == [
        "03_exercises.ipynb",
        "03_hashing.ipynb",
    ]
    assert (tmp_path / "work" / ".course").is_dir()


def test_what_a_learner_wrote_is_never_overwritten(tmp_path):
    workspace.prepare(course(tmp_path))
    mine = tmp_path / "work" / "03_exercises.ipynb"
    mine.write_text("mine")
    assert workspace.prepare(course(tmp_path)) == []
    assert mine.read_text() == "mine"


def test_a_notebook_built_anew_is_named_and_the_copy_stays(tmp_path):
    workspace.prepare(course(tmp_path))
    before = (tmp_path / "work" / "03_hashing.ipynb").read_text()
    newer = course(tmp_path, **{"notebooks/03_hashing.ipynb": "a better lesson"})
    assert workspace.prepare(newer) == ["03_hashing.ipynb"]
    assert workspace.prepare(newer) == ["03_hashing.ipynb"]  # until it is fetched
    assert (tmp_path / "work" / "03_hashing.ipynb").read_text() == before
    workspace.reset("03", lesson=True, root=tmp_path)
    assert workspace.prepare(newer) == []


def test_copied_notebooks_are_trusted_so_that_their_pictures_show(tmp_path):
    workspace.prepare(course(tmp_path))
    copy = nbformat.read(tmp_path / "work" / "03_hashing.ipynb", as_version=4)
    assert NotebookNotary().check_signature(copy)


def test_the_chapters_are_read_from_the_texts(tmp_path):
    for name, heading in (("00_start_here", "# Start here"), ("03_hashing", "# 03 · Consistent hashing")):
        (tmp_path / "book" / name).mkdir(parents=True)
        (tmp_path / "book" / name / "lesson.md").write_text(f"---\nkernelspec: 1\n---\n\n{heading}\n")
    assert paths.chapters(tmp_path) == [
        ("00", "00_start_here", "Start here"),
        ("03", "03_hashing", "Consistent hashing"),
    ]


# The marker.


@pytest.mark.parametrize(("in_ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_a_missing_program_skips_a_test_and_fails_it_in_ci(tmp_path, in_ci, outcome):
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = needs(program): a program\n")
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\n@pytest.mark.needs('chromium')\ndef test_in_a_browser():\n    pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rsE", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "PATH": str(tmp_path), "CI": in_ci},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert outcome in done.stdout
    assert "chromium is not installed" in done.stdout and "apt install chromium" in done.stdout
