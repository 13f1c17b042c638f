"""The tools that every lesson uses: predict, show, price, safeguards, error, table."""

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from course_lib import lesson, record
from course_lib.hashing import HashRing
from course_lib.lesson import costs, predictions
from course_lib.paths import ROOT

sys.path.insert(0, str(ROOT / "book"))
import execution


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    """As after a restart of the kernel: what this session has been told is forgotten."""
    monkeypatch.setattr(predictions, "_kept", {})


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """A learner's folder, where guesses are remembered."""
    (tmp_path / record.FOLDER).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COURSE_BUILD", raising=False)
    return tmp_path


class TestPredict:
    def test_a_guess_is_kept_and_shows_again(self, learner):
        lesson.predict("How many keys move?", unit="%").keep(90)
        again = lesson.predict("How many keys move?", unit="%")
        assert again.value == 90
        assert [line["value"] for line in record.read("guess")] == [90]

    def test_a_cell_that_is_run_again_keeps_its_guess_without_a_learners_folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("COURSE_BUILD", raising=False)
        lesson.predict("How many keys move?", unit="%").keep(90)
        assert lesson.predict("How many keys move?", unit="%").value == 90

    def test_what_is_no_number_is_refused_where_a_unit_is_asked_for(self, learner):
        guess = lesson.predict("How many keys move?", unit="%")
        with pytest.raises(ValueError, match="'many' is no number; write one, in %"):
            guess.keep("many")
        assert guess.value is None

    def test_enter_keeps_a_guess_as_the_button_does(self, learner):
        guess = predictions.Prediction("How many?", (), "%")
        _, line, said = predictions._form(guess).children
        line.children[0].value = "12"
        assert (guess.value, said.value) == (12.0, "Kept: 12 %. Now go on with Shift+Enter.")
        line.children[1].click()
        assert [kept["value"] for kept in record.read("guess")] == [12.0]

    def test_the_last_guess_counts_and_only_for_its_own_question(self, learner):
        guess = lesson.predict("How many?")
        guess.keep(1)
        guess.keep(2)
        lesson.predict("How long?").keep(3)
        assert lesson.predict("How many?").value == 2

    @pytest.mark.parametrize(
        ("kept", "truth", "said"),
        [
            (50, 9.1, "You guessed 50 %; the run says 9.1 %: 40.9 percentage points too high."),
            ("5 %", 9.1, "You guessed 5 %; the run says 9.1 %: 4.1 percentage points too low."),
            (0, 0, "You guessed 0 %; the run says 0 %: right."),
        ],
    )
    def test_a_number_is_shown_beside_the_run_and_how_far_off(self, learner, capsys, kept, truth, said):
        guess = lesson.predict("Which share moves?", unit="%")
        guess.keep(kept)
        capsys.readouterr()
        guess.reveal(truth)
        assert capsys.readouterr().out.strip() == said

    def test_a_choice_is_right_or_another_answer(self, learner, capsys):
        guess = lesson.predict("Which moves fewer keys?", "the ring", "modulo")
        for choice, verdict in (("the ring", "right"), ("modulo", "another answer")):
            guess.keep(choice)
            capsys.readouterr()
            guess.reveal("the ring")
            assert capsys.readouterr().out.strip().endswith(f"{verdict}.")

    def test_choices_may_be_written_like_numbers(self, learner):
        guess = lesson.predict("How many replicas?", "1", "2", "3")
        guess.keep("2")
        assert lesson.predict("How many replicas?", "1", "2", "3").value == "2"

    def test_what_is_none_of_the_choices_is_refused_by_name(self, learner):
        guess = lesson.predict("Which?", "a", "b")
        with pytest.raises(ValueError, match="'c' is none of the choices: a, b"):
            guess.keep("c")
        assert guess.value is None
        assert record.read("guess") == []

    def test_an_empty_guess_is_refused(self, learner):
        with pytest.raises(ValueError, match="no guess yet"):
            lesson.predict("How many?").keep("  ")

    def test_without_a_guess_nothing_is_revealed(self, learner, capsys):
        guess = lesson.predict("How many?")
        capsys.readouterr()
        guess.reveal(3)
        assert capsys.readouterr().out == ""

    def test_a_terminal_says_how_to_give_the_guess(self, learner, capsys):
        lesson.predict("How many keys move?")
        assert "guess.keep(90)" in capsys.readouterr().out

    def test_without_a_learners_folder_the_guess_lives_as_long_as_the_object(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        guess = lesson.predict("How many?")
        guess.keep(4)
        assert guess.value == 4

    def test_a_foreign_line_in_the_record_is_no_guess(self, learner):
        line = json.dumps({"kind": "guess", "question": "How many?"})
        (learner / record.FOLDER / "record.jsonl").write_text(line + "\n")
        assert lesson.predict("How many?").value is None

    def test_the_button_keeps_what_was_chosen(self, learner):
        guess = predictions.Prediction("Which?", ("a", "b"))
        _, line, said = predictions._form(guess).children
        answer, button = line.children
        button.click()
        assert said.value == "Not kept: there is no guess yet; choose or write one."
        answer.value = "b"
        button.click()
        assert (guess.value, said.value) == ("b", "Kept: b. Now go on with Shift+Enter.")

    def test_the_box_keeps_a_number_and_shows_the_one_before(self, learner):
        guess = predictions.Prediction("How many?", unit="ms")
        guess.keep(0)
        _, line, said = predictions._form(guess).children
        box, button = line.children
        assert (box.value, said.value) == ("0 ms", "Kept: 0 ms")
        box.value = "12.5 ms"
        button.click()
        assert guess.value == 12.5


class TestPredictInAKernel:
    """One kernel as a reader has it, one as the builder has it."""

    CELLS = (
        "from course_lib.lesson import predict\nguess = predict('How many?', 'few', 'many')",
        "guess",
        "guess.reveal('few')",
    )

    def outputs(self, monkeypatch, built: bool) -> list:
        notebook = new_notebook(cells=[new_code_cell(source) for source in self.CELLS])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        if not built:
            monkeypatch.setattr(execution, "_tidy", lambda notebook: None)
            ordinary = execution._environment
            monkeypatch.setattr(execution, "_environment", lambda at: ordinary(at) | {"COURSE_BUILD": "0"})
        assert asyncio.run(execution.run(notebook, lambda **_: None, ())) == []
        return [output for cell in notebook.cells for output in cell.outputs]

    def test_a_reader_gets_one_widget(self, monkeypatch):
        [output] = self.outputs(monkeypatch, built=False)
        assert execution.WIDGET in output.data

    def test_a_build_shows_no_widget_and_a_first_line_that_spoils_nothing(self, monkeypatch):
        [output] = self.outputs(monkeypatch, built=True)
        assert output.text == "Run this cell to see what comes.\n"


class Example:
    """Says what it is for."""

    LIMIT = 3

    def first(self, value: int) -> int:
        """One more."""
        return value + 1

    @staticmethod
    def second() -> str:
        return "```"

    @property
    def third(self) -> int:
        return self.LIMIT


class TestShow:
    def test_a_class_is_shown_as_it_stands_in_its_file(self):
        listing = lesson.show(HashRing)
        assert listing.code in (ROOT / "course_lib/hashing/ring.py").read_text()
        assert listing.code.startswith("class HashRing")

    def test_the_caption_names_the_module(self):
        assert lesson.show(HashRing).caption == "From course_lib.hashing.ring"

    def test_a_notebook_gets_a_fence_that_it_can_colour(self):
        markdown = lesson.show(HashRing)._repr_markdown_()
        assert "```python\nclass HashRing" in markdown
        assert markdown.endswith("\n```")

    def test_a_fence_in_the_code_does_not_end_the_fence(self):
        assert "\n````python\n" in lesson.show(Example)._repr_markdown_()

    def test_named_members_stand_under_the_line_of_their_class(self):
        code = lesson.show(Example, "second", "third").code
        assert code == (
            "class Example:\n    @staticmethod\n    def second() -> str:\n"
            '        return "```"\n\n    @property\n    def third(self) -> int:\n        return self.LIMIT'
        )

    def test_docstrings_can_be_left_out(self):
        code = lesson.show(Example, "LIMIT", "first", docstring=False).code
        assert code == (
            "class Example:\n    LIMIT = 3\n\n    def first(self, value: int) -> int:\n        return value + 1"
        )

    def test_a_method_is_shown_at_the_margin(self):
        assert lesson.show(Example.first).code.startswith("def first(self")

    def test_a_module_shows_its_named_functions(self):
        code = lesson.show(costs, "COLUMNS", "prices").code
        assert code.startswith("COLUMNS = ")
        assert "\n\ndef prices()" in code

    def test_an_unknown_member_is_told_with_those_there_are(self):
        with pytest.raises(
            AttributeError, match="Example defines no 'fourth'; it defines LIMIT, first, second"
        ):
            lesson.show(Example, "fourth")

    def test_an_object_without_source_is_told_what_to_pass(self):
        with pytest.raises(TypeError, match=r"show\(HashRing\)"):
            lesson.show(HashRing(["a"]))

    def test_what_is_in_no_file_is_told(self):
        space: dict = {}
        exec(compile("def typed(): return 1", "<nowhere>", "exec"), space)
        with pytest.raises(TypeError, match="is in no file"):
            lesson.show(space["typed"])


class TestPrice:
    def test_columns_come_in_one_order_whatever_the_call(self):
        shown = lesson.price("ring", note="n", p99_ms=2, messages=1000)
        assert repr(shown).splitlines()[0].split("  ") == ["what", "messages", "p99, ms", "note"]
        assert "1,000" in repr(shown)

    def test_several_designs_make_one_table(self):
        shown = lesson.price({"ring": {"messages": 1}, "modulo": {"bytes": 2}})
        bundle = shown._repr_mimebundle_()
        assert bundle["text/markdown"].count("\n") == 3
        assert bundle[costs.MIME] == [{"what": "ring", "messages": 1}, {"what": "modulo", "bytes": 2}]

    def test_availability_is_a_share_shown_in_percent(self):
        assert "99.9 %" in repr(lesson.price("ring", availability=0.999))
        assert "one node" in repr(lesson.price("ring", availability="one node"))
        with pytest.raises(ValueError, match=r"is 99\.9; it is a share"):
            lesson.price("ring", availability=99.9)

    def test_an_unknown_column_is_told_with_those_there_are(self):
        with pytest.raises(TypeError, match="'latency'; the table's columns are messages, round_trips"):
            lesson.price("ring", latency=3)

    def test_the_course_wide_table_has_the_rows_of_all_chapters(self, tmp_path, monkeypatch):
        file = tmp_path / "prices.json"
        file.write_text('[{"chapter": "03", "what": "ring", "bytes": 8}, {"chapter": "06", "what": "2PC"}]')
        monkeypatch.setattr(costs, "PRICES", file)
        assert lesson.prices().header == ("chapter", "what", "bytes")
        assert lesson.prices().rows == (("03", "ring", "8"), ("06", "2PC", ""))

    def test_before_the_first_build_the_table_is_empty(self, monkeypatch):
        monkeypatch.setattr(costs, "PRICES", Path("no such file"))
        assert lesson.prices().rows == ()


class TestSafeguards:
    def module(self, broke: str = "seed 3: both hold the lock"):
        return SimpleNamespace(
            __name__="locks", SAFEGUARDS={"fence": "refuse old tokens"}, without=lambda name: f"{broke}"
        )

    def test_the_table_says_what_each_is_for_and_what_broke_without_it(self):
        assert lesson.safeguards(self.module()).rows == (
            ("fence", "refuse old tokens", "seed 3: both hold the lock"),
        )

    def test_a_safeguard_that_nothing_needs_is_refused_by_name(self):
        with pytest.raises(ValueError, match="locks: nothing broke without 'fence'"):
            lesson.safeguards(self.module(broke=""))

    def test_a_module_without_safeguards_is_told_what_it_needs(self):
        with pytest.raises(TypeError, match=r"it needs SAFEGUARDS and without\(name\)"):
            lesson.safeguards(json)


class TestError:
    def test_an_exception_is_a_type_and_a_sentence(self, capsys):
        lesson.error(int, "z")
        assert capsys.readouterr().out == "ValueError: invalid literal for int() with base 10: 'z'\n"

    def test_a_key_error_loses_the_quotes_of_its_repr(self, capsys):
        lesson.error(HashRing(["a"]).remove, "z")
        out = capsys.readouterr().out
        assert out.startswith("KeyError: ")
        assert "'z'" in out
        assert not out.startswith(('KeyError: "', "KeyError: '"))

    def test_when_nothing_is_raised_it_says_so(self, capsys):
        lesson.error(str.upper, "a")
        assert capsys.readouterr().out == "no error: returned 'A'\n"

    def test_an_interrupt_is_not_swallowed(self):
        def interrupted():
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            lesson.error(interrupted)


class TestTable:
    def test_a_terminal_gets_aligned_columns(self):
        shown = lesson.table([("ring", 1000), ("modulo", None)], ("way", "keys"))
        assert repr(shown) == "way     keys\n------  -----\nring    1,000\nmodulo"

    def test_a_row_of_another_length_is_refused(self):
        with pytest.raises(ValueError, match="has 1 cells, the header 2: a, b"):
            lesson.table([("x",)], ("a", "b"))

    @given(st.lists(st.text(st.characters(codec="ascii")), min_size=1, max_size=4))
    def test_no_cell_breaks_the_markdown(self, row):
        markdown = lesson.table([row], ["h"] * len(row))._repr_markdown_()
        assert len(markdown.splitlines()) == 3
        assert markdown.splitlines()[2].replace("\\|", "").count("|") == len(row) + 1
