"""Sets the course up and runs one of its commands: python3 start.py lab (or test, build, bench, soak, pins).

Needs nothing but a Python 3: it looks for one the course can use, makes the environment `.venv` beside this file,
installs the pinned packages there, and hands over. Words after the command go to the command.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "course.json")
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")

OLDEST, NEWEST = (3, 11), (3, 14)
# Two test processes: the modules of a suite that waits for kernels and browsers run side by side.
PYTEST = ["-m", "pytest", "-n", "2", "--dist", "loadscope"]
COMMANDS = {  # command: (extras of pyproject.toml that it needs, how it runs in the environment)
    "lab": ([], ["-m", "course_lib.cli", "lab"]),
    "test": (["test"], PYTEST),
    "build": (["test"], [os.path.join("book", "build.py")]),
    "bench": (["bench", "test"], ["-m", "benchmarks"]),
    "soak": (["test"], PYTEST + ["-m", "soak"]),
    "pins": (["test"], [os.path.join("tests", "pins.py")]),
}
REMEDY = """\
  Debian, Ubuntu: sudo apt install python3 python3-venv
  macOS:          brew install python@3.13   (or the installer from python.org)
  Windows:        winget install Python.Python.3.13   (or the installer from python.org)
Then run the same command again."""

# A name on PATH proves little: a pyenv shim may lead nowhere, and Debian ships a Python that cannot make
# environments. So each candidate is run. The base interpreter is asked for, because `.venv` may be the one that runs.
PROBE = """
import json, sys
try:
    import ensurepip, venv
    able = True
except ImportError:
    able = False
print(json.dumps([list(sys.version_info[:2]), able, getattr(sys, "_base_executable", sys.executable)]))
"""


def say(sentence):
    print(sentence, flush=True)


def probe(command):
    """What an interpreter says: [[major, minor], can it make environments, its path]; None if it does not run."""
    try:
        answer = subprocess.run(
            command + ["-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30, check=True
        )
        return json.loads(answer.stdout.decode())
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def candidates():
    versions = ["3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    names = [[sys.executable]] + [["python" + version] for version in versions] + [["python3"], ["python"]]
    if WINDOWS:
        names += [["py", "-" + version] for version in versions]
    return [name for name in names if name[0] and shutil.which(name[0])]


def find_interpreter():
    """The path of a Python that can make the environment; ends the program with the remedy where there is none."""
    unable, others = [], []
    for command in candidates():
        found = probe(command)
        if not found:
            continue
        version = "%d.%d" % tuple(found[0])
        if not OLDEST <= tuple(found[0]) <= NEWEST:
            others.append(version)
        elif found[1]:
            return found[2]
        else:
            unable.append((version, found[2]))
    if unable:
        version, path = unable[0]
        sys.exit(
            "Python %s is here (%s), but cannot make environments: its venv or ensurepip module is missing.\n"
            "  Debian, Ubuntu: sudo apt install python%s-venv\n"
            "  elsewhere:      install Python again from python.org\n"
            "Then run the same command again." % (version, path, version)
        )
    found = "found only Python " + ", ".join(sorted(set(others))) if others else "found none"
    sys.exit("The course needs Python 3.%d to 3.%d, and %s.\n%s" % (OLDEST[1], NEWEST[1], found, REMEDY))


def pins():
    """A digest of what the environment is made from: other pins, another environment."""
    digest = hashlib.sha256(ROOT.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read_stamp():
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write_stamp(**stamp):
    with open(STAMP, "w") as file:
        json.dump(stamp, file)


def usable():
    """Whether `.venv` has a Python that runs, pip with it, in this folder, and no installation was cut short."""
    stamp = read_stamp()
    if not stamp.get("whole", True) or stamp.get("root", ROOT) != ROOT:
        return False
    found = probe([PYTHON])
    if not found or not OLDEST <= tuple(found[0]) <= NEWEST:
        return False
    return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_environment():
    interpreter = find_interpreter()
    say("Making the environment .venv with %s" % interpreter)
    if subprocess.call([interpreter, "-m", "venv", "--clear", VENV]) != 0:
        sys.exit("The environment could not be made (see above). Delete the folder %s and try again." % VENV)


def install(extras):
    """Installs the pinned packages with these extras; what was installed for another command stays."""
    stamp = read_stamp()
    if stamp.get("pins") == pins() and set(extras) <= set(stamp["extras"]):
        return
    extras = sorted(set(extras) | set(stamp.get("extras", [])))
    say("Installing the course's packages: some minutes the first time, then never again")
    # Whoever is interrupted between here and the end leaves the mark that the next start mends.
    write_stamp(whole=False)
    target = "." + ("[%s]" % ",".join(extras) if extras else "")
    log = run_pip(["install", "-c", "constraints.txt", "-e", target])
    if log is not None:
        os.remove(STAMP)
        sys.exit(
            "%s\npip could not install the packages. Mostly the network is away (or a proxy is not set: "
            "HTTPS_PROXY), or the disk is full (1 GB is needed). Then run the same command again." % log
        )
    write_stamp(whole=True, root=ROOT, pins=pins(), extras=extras)


def run_pip(arguments):
    """Runs pip with a line now and then; returns None, or where pip failed the last lines that it wrote."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-color"] + arguments
    pip = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines, found = [], 0
    for line in pip.stdout:
        lines = lines[-15:] + [line.decode(errors="replace").rstrip()]
        if line.startswith(b"Collecting "):
            found += 1
            if found % 20 == 0:
                say("  %d packages found" % found)
        elif line.startswith(b"Installing collected "):
            say("  all downloaded; writing them to disk")
    return "\n".join(lines) if pip.wait() != 0 else None


def hand_over(command):
    """Runs a command in the environment; its exit code is ours."""
    # Terminals and notebooks opened from here find `course` by its name.
    environment = dict(os.environ, VIRTUAL_ENV=VENV, PATH=BIN + os.pathsep + os.environ.get("PATH", ""))
    os.chdir(ROOT)
    if WINDOWS:  # there, exec would give the prompt back while the command still runs
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


def main(arguments):
    if not arguments or arguments[0] not in COMMANDS:
        sys.exit("Usage: python3 start.py %s [what the command takes]" % "|".join(COMMANDS))
    extras, command = COMMANDS[arguments[0]]
    if not usable():
        make_environment()
    install(extras)
    hand_over([PYTHON] + command + arguments[1:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Stopped.")
