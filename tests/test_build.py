"""The builder: from the texts in book/ to notebooks, the same on every run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course_lib.paths import ROOT

sys.path.insert(0, str(ROOT / "book"))
import build
import comparison
import execution
import sources

LESSON = """# 03 · Toy

```{code-cell} python
:tags: [claim-A7]

print("hello")
sorted({"a", "b", "c"})
```

```{code-cell} python
:tags: [varies]

import time
time.time_ns()
```

```{code-cell} python
import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import HTML, display

from course_lib.lesson import price

plt.figure(figsize=(1, 1))
plt.plot([1, 2])
plt.show()
display(HTML("<b>twin</b>"))
display(ipywidgets.IntSlider())
price("toy", messages=2)
```
"""
EXERCISES = '''# Exercises

```{code-cell} python
:tags: [given]

from course_lib.checks import check
```

```{code-cell} python
:tags: [solution, double]

def double(n):
    """Twice n."""
    ### BEGIN SOLUTION
    return 2 * n
    ### END SOLUTION
```

```{code-cell} python
:tags: [check, double]

check("03.double", double)
```
'''
NOTEBOOK = "notebooks/03_toy.ipynb"


def points(chapter: str) -> dict[str, float]:
    return {"double": 2.0}


def course(root: Path, lesson: str = LESSON, exercises: str = EXERCISES) -> Path:
    """A course of one small chapter."""
    folder = root / "book" / "03_toy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lesson.md").write_text(lesson)
    (folder / "exercises.md").write_text(exercises)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def once_built(tmp_path_factory):
    """The small course, built for real once."""
    root = course(tmp_path_factory.mktemp("course"))
    assert build.make(root, None, points) == 0
    return root


@pytest.fixture
def built(once_built, tmp_path):
    """A copy that a test may spoil."""
    for name, content in files(once_built).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def edit(path: Path, change) -> None:
    notebook = nbformat.read(path, 4)
    change(notebook)
    nbformat.write(notebook, path)


class TestTheBuiltLesson:
    def test_outputs_are_kept_and_prices_gathered(self, built):
        cells = nbformat.read(built / NOTEBOOK, 4).cells
        assert [output.get("text") or output.data["text/plain"] for output in cells[1].outputs] == [
            "hello\n",
            "['a', 'b', 'c']",
        ]
        assert json.loads((built / "book/prices.json").read_text()) == [
            {"chapter": "03", "messages": 2, "what": "toy"}
        ]

    def test_a_live_widget_is_dropped_and_its_static_twin_kept(self, built):
        text = (built / NOTEBOOK).read_text()
        assert "<b>twin</b>" in text
        assert "widget" not in nbformat.reads(text, 4).metadata
        assert execution.WIDGET not in text

    def test_nothing_of_this_machine_is_in_the_metadata(self, built):
        notebook = nbformat.read(built / NOTEBOOK, 4)
        assert notebook.metadata == sources.KERNEL
        assert [dict(cell.metadata) for cell in notebook.cells] == [
            {},
            {"tags": ["claim-A7"]},
            {"tags": ["varies"]},
            {},
        ]

    def test_building_again_changes_no_byte(self, built, capsys):
        before = files(built)
        assert build.make(built, None, points) == 0
        assert files(built) == before
        assert "All built files are fresh" in capsys.readouterr().out

    def test_another_hash_seed_builds_the_same(self, built, monkeypatch):
        monkeypatch.setenv("PYTHONHASHSEED", "7")
        assert build.check(built, None, points) == 0


class TestCheck:
    def differences(self, built: Path, once_built: Path) -> dict[str, str]:
        return comparison.differences(built, once_built)

    def test_a_changed_text_fails_with_a_diff_and_the_remedy(self, built, capsys):
        course(built, LESSON.replace('print("hello")', 'print("good day")'))
        before = files(built)
        assert build.check(built, None, points) == 1
        said = capsys.readouterr().out
        assert f"--- committed {NOTEBOOK}" in said
        assert "+" in said
        assert "good day" in said
        assert "make build" in said
        assert files(built) == before

    def test_an_output_written_by_hand_is_found(self, built, once_built):
        edit(built / NOTEBOOK, lambda notebook: notebook.cells[1].outputs[0].update(text="better\n"))
        assert "better" in self.differences(built, once_built)[NOTEBOOK]

    def test_a_lost_picture_is_found_but_other_bytes_of_a_picture_are_not(self, built, once_built):
        def repaint(notebook):
            notebook.cells[3].outputs[0].data["image/png"] = "AAAA"

        edit(built / NOTEBOOK, repaint)
        assert self.differences(built, once_built) == {}
        edit(built / NOTEBOOK, lambda notebook: notebook.cells[3].outputs.pop(0))
        assert NOTEBOOK in self.differences(built, once_built)

    def test_a_cell_that_varies_is_held_to_the_kind_of_its_outputs(self, built, once_built):
        def another_time(notebook):
            notebook.cells[2].outputs[0].data["text/plain"] = "1"

        edit(built / NOTEBOOK, another_time)
        assert self.differences(built, once_built) == {}
        edit(built / NOTEBOOK, lambda notebook: notebook.cells[2].outputs.clear())
        assert NOTEBOOK in self.differences(built, once_built)

    @pytest.mark.parametrize(
        "name",
        ["solutions/03_toy/03_exercises.ipynb", "exercises/03_toy/03_exercises.ipynb", "book/prices.json"],
    )
    def test_a_missing_built_file_is_found(self, built, once_built, name):
        (built / name).unlink()
        assert name in self.differences(built, once_built)

    def test_a_built_file_without_source_is_told_and_the_next_build_removes_it(
        self, built, capsys, monkeypatch
    ):
        monkeypatch.setattr(build, "build", lambda *_: None)  # no kernel is needed to see it
        (built / "notebooks/04_gone.ipynb").write_bytes((built / NOTEBOOK).read_bytes())
        assert build.check(built, None, points) == 1
        assert "04_gone.ipynb has no source" in capsys.readouterr().out
        build.make(built, None, points)
        assert not (built / "notebooks/04_gone.ipynb").exists()


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Every fault in one notebook: a kernel costs a second."""
    faults = [
        "import os, sys",
        'print("oops", file=sys.stderr)',
        "object()",
        "os.getcwd()",
        'print("x" * 20_001)',
        'print("fine")',
        "1 / 0",
    ]
    lesson = "\n".join(f"```{{code-cell}} python\n{fault}\n```\n" for fault in faults)
    root = course(tmp_path_factory.mktemp("faults"), lesson)
    with pytest.raises(build.BuildError) as refused:
        build.make(root, None, points)
    assert not (root / NOTEBOOK).exists()
    return str(refused.value)


class TestWhatABuildRefuses:
    @pytest.mark.parametrize(
        "sentence",
        [
            'code cell 2 (print("oops", file=sys.stderr)): wrote to stderr: oops',
            "code cell 3 (object()): shows a memory address (at 0x",
            "code cell 4 (os.getcwd()): shows a path of this machine",
            "has 20,002 characters of stream; show less than 20,000",
            "code cell 7 (1 / 0): raised ZeroDivisionError: division by zero; show an expected error with lesson.error",
        ],
    )
    def test_the_notebook_the_cell_and_the_remedy_are_named(self, said, sentence):
        assert f"{NOTEBOOK}, code cell" in said
        assert sentence in said

    def test_a_sound_cell_is_not_blamed(self, said):
        assert "code cell 1 " not in said
        assert "code cell 6 " not in said


class TestACellThatDoesNotEnd:
    def refused(self, tmp_path, source: str) -> str:
        lesson = f"```{{code-cell}} python\n1\n```\n\n```{{code-cell}} python\n{source}\n```\n"
        with pytest.raises(build.BuildError) as refused:
            build.make(course(tmp_path, lesson), None, points)
        return str(refused.value)

    def test_an_endless_loop_is_stopped_and_named(self, tmp_path, monkeypatch):
        monkeypatch.setattr(execution, "SECONDS_A_CELL", 1)
        assert self.refused(tmp_path, "while True: pass") == (
            f"{NOTEBOOK}, code cell 2 (while True: pass): still running after 1 s"
        )

    def test_a_kernel_that_dies_is_named_by_its_cell(self, tmp_path):
        assert self.refused(tmp_path, "import os; os._exit(1)") == (
            f"{NOTEBOOK}, code cell 2 (import os; os._exit(1)): the kernel died"
        )


class TestIds:
    def test_an_id_follows_from_the_content_and_equal_cells_are_counted(self, tmp_path):
        cell = "```{code-cell} python\nprint(1)\n```\n"
        first = sources.read_lesson(course(tmp_path, f"# A\n\n{cell}{cell}") / "book/03_toy/lesson.md")
        second = sources.read_lesson(course(tmp_path, f"# B\n\n{cell}{cell}") / "book/03_toy/lesson.md")
        ids = [cell.id for cell in first.cells]
        assert ids[1:] == [cell.id for cell in second.cells][1:]
        assert ids[2] == f"{ids[1]}-2"
        assert ids[0] != second.cells[0].id


class TestExercises:
    def read(self, tmp_path, text=EXERCISES, points=points):
        return sources.read_exercises(
            course(tmp_path, exercises=text) / "book/03_toy/exercises.md", points("03")
        )

    def test_short_tags_become_nbgraders_metadata(self, tmp_path):
        _, given, solution, check = self.read(tmp_path).cells
        assert given.metadata.nbgrader.locked
        assert not given.metadata.nbgrader.grade
        assert (solution.metadata.nbgrader.grade_id, solution.metadata.nbgrader.solution) == ("double", True)
        assert (check.metadata.nbgrader.grade_id, check.metadata.nbgrader.points) == ("check_double", 2)
        assert not any("tags" in cell.metadata for cell in (given, solution, check))

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("[solution, double]", "[solution, duoble]", r"exercises.md:\d+: tags \['solution', 'duoble'\]"),
            ("[solution, double]", "[answer]", r"question is one of \['double'\]"),
            ("[check, double]", "[given]", r"0 cells are tagged \[check, double\]"),
            ("    ### BEGIN SOLUTION\n", "", "mark the answer with ### BEGIN SOLUTION"),
            ('"03.double"', '"03.triple"', "this cell checks double, but does not name it"),
        ],
    )
    def test_a_slip_is_told_with_its_place_and_remedy(self, tmp_path, old, new, sentence):
        with pytest.raises(sources.SourceError, match=sentence):
            self.read(tmp_path, EXERCISES.replace(old, new))

    def test_two_checks_of_one_question_are_refused(self, tmp_path):
        with pytest.raises(sources.SourceError, match=r"2 cells are tagged \[check, double\]"):
            self.read(
                tmp_path, EXERCISES + EXERCISES[EXERCISES.index("```{code-cell} python\n:tags: [check") :]
            )

    def test_a_code_cell_inside_a_list_is_refused(self, tmp_path):
        with pytest.raises(sources.SourceError, match=r"lesson.md:1: a code cell inside text"):
            lesson = "# A\n\n- item\n\n  ```{code-cell} python\n  print(1)\n  ```\n"
            sources.read_lesson(course(tmp_path, lesson) / "book/03_toy/lesson.md")

    def test_the_stub_is_valid_python_and_keeps_the_docstring(self, built):
        cells = nbformat.read(built / "exercises/03_toy/03_exercises.ipynb", 4).cells
        source = cells[2].source
        compile(source, "stub", "exec")
        assert source == 'def double(n):\n    """Twice n."""\n    ...  # your code goes here'


class TestTheCommand:
    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / "book/build.py"), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=100, env=os.environ | {"COLUMNS": "200"}
        )

    def test_an_unknown_chapter_is_told_with_those_there_are(self, built):
        done = self.run("--only", "99", "--root", str(built))
        assert done.returncode == 2
        assert "no chapter 99 in book/; there are 03" in done.stderr

    def test_a_refused_build_exits_1_without_a_traceback(self, tmp_path):
        root = course(tmp_path, "```{code-cell} python\n1 / 0\n```\n")
        done = self.run("--root", str(root))
        assert done.returncode == 1
        assert "ZeroDivisionError" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.timeout(400)
def test_what_is_committed_is_what_would_be_built(capfd):
    assert build.check(ROOT, None) == 0, capfd.readouterr().out


def test_an_answer_is_folded_until_its_reader_has_guessed():
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(notebook, 4).cells:
            if cell.cell_type == "code" and ".reveal(" in cell.source:
                assert cell.metadata.jupyter.outputs_hidden
                assert cell.outputs[0].text.startswith("Run this cell")
