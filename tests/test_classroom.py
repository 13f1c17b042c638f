"""Stock nbgrader, run in a copy of the repository: what an instructor does, on the real chapters."""

import html
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from answers import written

from course_lib import checks
from course_lib.checks.question import Question
from course_lib.checks.result import Result
from course_lib.paths import ROOT, chapters

pytestmark = [pytest.mark.needs("nbgrader"), pytest.mark.timeout(300)]
GRADED = [chapter.name for chapter in chapters() if (ROOT / "solutions" / chapter.name).exists()]


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run nbgrader in `folder`; return what it says."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@dataclass
class Classroom:
    """A graded chapter: its copy of the repository, what each student had to get and to hear."""

    folder: Path
    chapter: str
    expected: dict[str, dict[str, float]] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    @property
    def notebook(self) -> str:
        return f"{self.chapter}/{self.chapter[:2]}_exercises.ipynb"

    def submit(self, student: str, answers: dict[str, str]) -> None:
        """Hand in the released notebook with these texts in the cells of these questions."""
        notebook = nbformat.read(self.folder / "exercises" / self.notebook, 4)
        for cell in notebook.cells:
            question = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(question, cell.source)
        path = self.folder / "submitted" / student / self.notebook
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)

    def scores(self, student: str) -> dict[str, float]:
        """What nbgrader's gradebook holds, a question each."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "distributed_systems") as book:
            [notebook] = book.find_submission(self.chapter, student).notebooks
            return {grade.name.removeprefix("check_"): grade.score for grade in notebook.grades}


@pytest.fixture(scope="module", params=GRADED)
def classroom(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """Grade four students at once: a kernel a student is what these tests cost."""
    chapter = request.param
    folder = tmp_path_factory.mktemp("classroom")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for kind in ("solutions", "exercises"):
        shutil.copytree(ROOT / kind / chapter, folder / kind / chapter)
    nbgrader(folder, "generate_assignment", chapter)

    room = Classroom(folder, chapter)
    questions = checks.questions(chapter[:2])
    names = [question.id.partition(".")[2] for question in questions]
    points = dict(zip(names, (question.points for question in questions), strict=True))
    model = model_answers(folder / "solutions" / room.notebook, names)
    half = names[: len(names) // 2]

    room.submit("model", model)
    room.expected["model"] = points
    room.submit("stub", {})
    room.expected["stub"] = dict.fromkeys(names, 0)
    room.submit("half", {name: model[name] for name in half})
    room.expected["half"] = {name: points[name] if name in half else 0 for name in names}
    wrong = [half_right_answer(question) for question in questions]
    room.submit("wrong", {name: code for name, (code, _) in zip(names, wrong, strict=True)})
    room.expected["wrong"] = {name: verdict.points for name, (_, verdict) in zip(names, wrong, strict=True)}
    room.sentences = [verdict.sentence for _, verdict in wrong]

    nbgrader(folder, "autograde", chapter)
    nbgrader(folder, "generate_feedback", chapter)
    return room


def model_answers(path: Path, names: list[str]) -> dict[str, str]:
    cells = nbformat.read(path, 4).cells
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in cells}
    return {name: sources[name] for name in names}


def half_right_answer(question: Question) -> tuple[str, Result]:
    """A wrong answer that earns a part of the points, where there is one; and its verdict."""
    answers = written(question, checks.CHAPTERS[question.id[:2]])
    wrong = [one for one in answers if one.outcome == "wrong" and one.message_id != "never-ends"]
    for answer in wrong:
        verdict = question.judge(answer.names(question))
        if verdict.points > 0:
            break
    return answer.code, verdict


@pytest.mark.parametrize("student", ["model", "stub", "half", "wrong"])
def test_nbgrader_gives_the_points_that_the_checks_gave(classroom, student):
    assert classroom.scores(student) == pytest.approx(classroom.expected[student], abs=0.01)


def test_some_wrong_answer_earns_a_part_and_none_earns_all(classroom):
    full, wrong = classroom.expected["model"], classroom.expected["wrong"]
    assert all(wrong[name] < full[name] for name in full)
    assert any(wrong[name] > 0 for name in full)


def test_generating_the_exercises_again_changes_no_byte(classroom):
    for kind in ("solutions", "exercises"):
        committed = ROOT / kind / classroom.notebook
        assert (classroom.folder / kind / classroom.notebook).read_bytes() == committed.read_bytes()


def test_the_exercises_hold_no_answer_and_no_output(classroom):
    text = (ROOT / "exercises" / classroom.notebook).read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in text
    assert "BEGIN HIDDEN" not in text
    assert not any(cell.get("outputs") for cell in nbformat.reads(text, 4).cells)


def test_validate_tells_the_model_answers_from_the_stub(classroom):
    assert "Success" in nbgrader(classroom.folder, "validate", f"solutions/{classroom.notebook}")
    assert "Success" not in nbgrader(classroom.folder, "validate", f"exercises/{classroom.notebook}")


def test_the_feedback_says_what_is_wrong_and_shows_no_traceback(classroom):
    page = classroom.folder / "feedback" / "wrong" / classroom.notebook.replace(".ipynb", ".html")
    said = " ".join(html.unescape(re.sub("<[^>]*>", " ", page.read_text(encoding="utf-8"))).split())
    for sentence in classroom.sentences:
        assert " ".join(sentence.split()) in said
    assert "Traceback (most recent call last)" not in said


def test_grading_leaves_nothing_that_git_would_see(classroom):
    ignored = (ROOT / ".gitignore").read_text().split()
    made = {path.name for path in classroom.folder.iterdir()} - {
        "solutions",
        "exercises",
        "nbgrader_config.py",
    }
    assert made == {"submitted", "autograded", "feedback", "gradebook.db"}
    assert {"submitted/", "autograded/", "feedback/", "gradebook.db*"} <= set(ignored)
