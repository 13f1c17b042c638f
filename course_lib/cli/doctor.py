"""`course doctor`: what the course needs, what of it is here, and how to get the rest."""

import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from course_lib import paths, servers
from course_lib.transactions.postgres import find_postgres

PACKAGE = "distributed-systems-course"
OLDEST, NEWEST = (3, 11), (3, 14)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    name: str
    found: str  # "" = missing
    remedy: str = ""
    required: bool = True

    @property
    def mark(self) -> str:
        if self.found:
            return "[yellow]![/]" if self.remedy else "[green]✓[/]"
        return "[red]✗[/]" if self.required else "·"


def examine() -> int:
    """Prints what was found; returns 0 unless something required is missing."""
    from rich.console import Console
    from rich.table import Table

    findings = [python(), *packages(), redis(), zookeeper(), etcd(), postgres(), nginx(), chromium()]
    table = Table(show_edge=False, header_style="bold")
    for heading in ("", "What", "Found", "What to do"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        missing = "missing" if finding.required else "not here (optional)"
        table.add_row(finding.mark, finding.name, finding.found or missing, finding.remedy)
    console = Console()
    console.print(table)
    lacking = [finding.name for finding in findings if finding.required and not finding.found]
    console.print(
        f"Missing: {', '.join(lacking)}" if lacking else "Everything that the course needs is here."
    )
    return 1 if lacking else 0


def python() -> Finding:
    found = f"{sys.version.split()[0]}, {sys.executable}"
    fits = OLDEST <= sys.version_info[:2] <= NEWEST
    remedy = f"the course is tried on 3.{OLDEST[1]} to 3.{NEWEST[1]}: python3 start.py lab picks one"
    return Finding("Python", found, "" if fits else remedy)


def packages(root: Path = paths.ROOT) -> list[Finding]:
    """The packages that the course itself names, each beside its pin."""
    pinned = pins(root)
    names = [requirement for requirement in requires(PACKAGE) or [] if "extra ==" not in requirement]
    return [_package(re.match(r"[\w.-]+", name)[0], pinned) for name in sorted(names)]  # type: ignore[index]


def _package(name: str, pinned: dict[str, str]) -> Finding:
    pin = pinned.get(name.lower(), "")
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, "", "python3 start.py lab installs it")
    remedy = (
        f"the course is tried with {pin}; remove .venv, then python3 start.py lab" if found != pin else ""
    )
    return Finding(name, found, remedy)


def pins(root: Path = paths.ROOT) -> dict[str, str]:
    """Package, in small letters -> version, as constraints.txt has them."""
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if "==" in line and not line.startswith("#")]
    return {name.lower(): pin for name, pin in pairs}


def redis() -> Finding:
    found = servers.find_redis()
    remedy = "course get redis (or Debian, Ubuntu: sudo apt install redis-server; macOS: brew install redis)"
    text = f"{servers.version(found)}, {found}" if found else ""
    return Finding("redis-server", text, "" if found else remedy, required=False)


def zookeeper() -> Finding:
    """Needs a Java, too, so that two things can be missing."""
    found, java = servers.find_zookeeper(), servers.find_java()
    lacking = "Java" if java is None else "ZooKeeper's jars"
    remedy = (
        f"no {lacking}. Debian, Ubuntu: sudo apt install libzookeeper-java default-jre-headless; "
        "macOS: brew install zookeeper"
    )
    text = " ".join(filter(None, (found.version, f"on {found.java}"))) if found else ""
    return Finding("ZooKeeper", text, "" if found else remedy, required=False)


def etcd() -> Finding:
    found = servers.find_etcd()
    remedy = "course get etcd (or Debian, Ubuntu: sudo apt install etcd-server; macOS: brew install etcd)"
    text = f"{servers.version(found)}, {found}" if found else ""
    return Finding("etcd", text, "" if found else remedy, required=False)


def postgres() -> Finding:
    found = find_postgres()
    remedy = "chapter 06 shows it once. Debian, Ubuntu: sudo apt install postgresql; macOS: brew install postgresql"
    text = f"{servers.version(found / 'postgres')}, {found}" if found else ""
    return Finding("PostgreSQL", text, "" if found else remedy, required=False)


def nginx() -> Finding:
    found = servers.find_nginx()
    remedy = "chapter 09 shows it once. Debian, Ubuntu: sudo apt install nginx; macOS: brew install nginx"
    return Finding("nginx", str(found or ""), "" if found else remedy, required=False)


def find_chromium() -> str:
    """The path of a Chromium or Chrome; empty where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def chromium() -> Finding:
    """Only the tests of the labs use it."""
    found = find_chromium()
    remedy = "only for the course's own tests. Debian, Ubuntu: sudo apt install chromium"
    return Finding("Chromium", found, "" if found else remedy, required=False)
