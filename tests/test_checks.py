"""The machinery of checks: the seam, the time limit, the verdict and how it is shown."""

import ast
import io
import logging
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from answers import built, written

from course_lib import checks, sim
from course_lib.checks.answer import Answer, NotStarted
from course_lib.checks.comparison import Comparison
from course_lib.checks.hits import hits
from course_lib.checks.messaging import at_most_once, caller, exactly_once, in_order, printing
from course_lib.checks.plain import Failed, does_nothing, plain
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question, Wrong
from course_lib.checks.trials import Explore, Run, Setup, Sweep, size, struck
from course_lib.limit import STUCK, TimeUp, call_within
from course_lib.paths import ROOT
from course_lib.sim import Crash, Delay, Drop, Duplicate, Network, Node, Partition, Pause, Scenario


@pytest.fixture
def question():
    """Doubles a number: two rungs, the second harder."""
    asked = Question(
        "99.double",
        title="Double",
        names=("double",),
        signature="double(n: int) -> int",
        points=3,
        minutes=1,
        hints=("one", "two", "three"),
        misconceptions={"squares": "That squares."},
        right="Twice is plus itself.",
        seconds=1,
    )

    @asked.rung("two")
    def _(double):
        if double(2) != 4:
            raise Wrong("squares", f"double(2) gave {double(2)!r}; it had to be 4.", "double(2)")

    @asked.rung("three")
    def _(double):
        if double(3) != 6:
            raise Wrong("squares", f"double(3) gave {double(3)!r}; it had to be 6.", "double(3)")

    return asked


class TestVerdicts:
    def test_a_right_answer_gets_all_points_and_a_reason(self, question):
        result = question.judge([lambda n: 2 * n])
        assert (result.outcome, repr(result), result.rungs) == ("right", "3", (2, 2))
        assert "Twice is plus itself." in result.to_text()

    def test_a_half_right_answer_gets_half_and_the_first_miss_is_told(self, question):
        result = question.judge([lambda n: n * n])
        assert (result.outcome, repr(result), result.message_id) == ("wrong", "1.5", "squares")
        text = result.to_text()
        assert text.startswith("Not yet. double(3) gave 9; it had to be 6. That squares.")
        assert "The first test missed: three (1 of 2 passed)." in text
        assert "Try it:  double(3)" in text

    @pytest.mark.parametrize("stub", [None, ..., lambda n: None, lambda n: ...])
    def test_an_untouched_stub_is_not_started_and_scores_nothing(self, question, stub):
        result = question.judge([stub])
        assert (result.outcome, repr(result)) == ("not started", "0")
        assert "Traceback" not in result.to_text()

    def test_not_implemented_is_not_started_too(self, question):
        def double(n):
            raise NotImplementedError

        assert question.judge([double]).outcome == "not started"

    def test_an_exception_is_told_with_the_learners_own_line(self, question):
        def double(n):
            return [n][1]

        result = question.judge([double])
        assert (result.outcome, result.points) == ("error", 0)
        assert result.sentence == "double(2) raised IndexError: list index out of range."
        assert result.lines == (f"line {double.__code__.co_firstlineno + 1}: return [n][1]",)
        assert "answer.py" not in result.to_text()

    def test_a_part_still_unwritten_costs_only_its_own_tests(self, question):
        def double(n):
            if n > 2:
                raise NotImplementedError
            return 2 * n

        result = question.judge([double])
        assert (result.outcome, result.message_id, repr(result)) == ("wrong", "unwritten", "1.5")

    def test_every_exception_of_a_learner_is_told(self, question):
        class Mute(BaseException):
            def __str__(self):
                raise RuntimeError

        def double(n):
            raise Mute

        result = question.judge([double])
        assert (result.outcome, result.sentence) == ("error", "double(2) raised Mute.")

    def test_an_answer_of_a_shape_that_nobody_foresaw_is_wrong_and_no_crash(self, question):
        @question.rung("counts")
        def _(double):
            Counter(double(1))

        assert question.judge([lambda n: 2 * n]).message_id == "unreadable"

    def test_a_displayed_number_is_no_grade_and_a_log_line_no_stderr(self, question, capsys):
        logger = logging.getLogger("learner")
        handler = logging.StreamHandler()
        logger.addHandler(handler)

        def double(n):
            sys.displayhook(3)
            logger.error("looking at %s", n)
            return 0

        stream, hook = handler.stream, sys.displayhook
        assert repr(question.judge([double])) == "0"
        assert capsys.readouterr() == ("", "")
        assert (handler.stream, sys.displayhook) == (stream, hook)
        logger.removeHandler(handler)

    def test_a_class_that_inherits_everything_has_been_started(self):
        class Base:
            def lookup(self, key):
                return key

        assert not Answer(type("Ring", (Base,), {}), "Ring").untouched()

    def test_leaving_the_interpreter_costs_this_answer_only(self, question):
        def double(n):
            raise SystemExit(0)

        assert question.judge([double]).outcome == "error"

    def test_an_endless_loop_is_stopped_and_named(self, question):
        def double(n):
            while True:
                with suppress(Exception):
                    n += 1

        result = question.judge([double])
        assert (result.outcome, result.message_id, result.points) == ("wrong", "never-ends", 0)
        assert result.sentence.startswith(
            "double(2) was still running when the 0.5 s for this test were over, and was stopped."
        )

    def test_what_the_learner_prints_is_kept_short_and_off_stderr(self, question, capsys):
        def double(n):
            import sys

            print("x" * 10_000)
            print("oops", file=sys.stderr)
            return 2 * n

        result = question.judge([double])
        assert 0 < len(result.printed) < 2100
        assert capsys.readouterr() == ("", "")

    def test_an_answer_too_few_is_an_error_that_shows_the_call(self, question):
        with pytest.raises(TypeError, match=r'check\("99.double", double\)'):
            question.judge([])

    def test_the_card_carries_the_points_for_a_grader_and_escapes_what_it_shows(self, question):
        bundle = question.judge([lambda n: "<script>"])._repr_mimebundle_()
        assert float(bundle["text/plain"]) == 0
        assert "<script>" not in bundle["text/html"]
        assert bundle["application/vnd.course.result+json"]["outcome"] == "wrong"


class TestSeam:
    def test_an_answer_cannot_change_what_the_check_handed_in(self):
        def greedy(points):
            points.clear()
            return 0

        points = [(1, "a")]
        Answer(greedy, "greedy")(points)
        assert points == [(1, "a")]

    def test_what_a_function_makes_of_its_arguments_can_be_looked_at(self):
        given = {"a": [1]}
        answer = Answer(lambda known, key: known[key].append(2), "f")
        assert answer.left(given, "a") == [{"a": [1, 2]}, "a"]
        assert given == {"a": [1]}

    def test_an_object_that_equals_everything_is_refused(self):
        class Yes:
            def __eq__(self, other):
                return True

        class Spoof(Yes):
            __class__ = list

            def tolist(self):
                return self

        class Array(np.ndarray):
            def tolist(self):
                return [Yes()]

        for cheat in (
            Yes(),
            Spoof(),
            [Yes()],
            {"k": Yes()},
            np.array([Yes()], object),
            np.zeros(1).view(Array),
        ):
            with pytest.raises(Failed, match="TypeError"):
                plain(cheat, "call")

    def test_of_a_subclass_only_the_content_counts(self):
        class Text(str):
            def __eq__(self, other):
                return True

            __hash__ = str.__hash__

            def encode(self, *args):
                return b"other"

        class Row(NamedTuple):
            place: int
            node: str

        given = plain([Text("a"), Row(1, "b"), Counter("aab"), IntEnum("Level", "LOW")(1)], "call")
        assert given == ["a", (1, "b"), {"a": 2, "b": 1}, 1]
        assert [type(item) for item in given] == [str, tuple, dict, int]

    def test_fractions_and_decimals_are_numbers(self):
        assert plain([Fraction(10, 11), Decimal("0.5")], "") == [10 / 11, 0.5]

    def test_a_list_within_itself_and_a_returned_exception_are_told(self):
        endless = []
        endless.append(endless)
        with pytest.raises(Failed, match="contains itself"):
            plain(endless, "call")
        with pytest.raises(Failed, match="`raise` is due"):
            plain(ValueError("no"), "call")

    def test_numpy_values_become_plain_ones(self):
        assert plain([np.int64(3), np.float64(0.5), np.bool_(True)], "") == [3, 0.5, True]
        assert plain(np.array(["a"], object), "") == ["a"]

    def test_a_failed_method_can_be_replayed(self):
        class Shelf:
            def __init__(self, size):
                self.size = size

            def add(self, n):
                self.size += n
                return self

            def top(self):
                return 1 / 0

        shelf = Answer(Shelf, "Shelf")(3)
        shelf.do("add", 4)
        with pytest.raises(Failed) as failed:
            shelf.top()
        assert failed.value.call == "shelf = Shelf(3); shelf.add(4); shelf.top()"

    def test_a_missing_method_is_named(self):
        with pytest.raises(Failed, match="Shelf has no method 'top'"):
            Answer(type("Shelf", (), {}), "Shelf")().top()

    def test_only_an_empty_body_does_nothing(self):
        def documented(a, b=2):
            """Says what to do."""
            ...

        def forgets_to_return(a):
            a + 1

        assert does_nothing(documented)
        assert not does_nothing(forgets_to_return)
        assert not does_nothing(lambda: 1)

    def test_a_class_is_untouched_while_all_its_methods_are_empty(self):
        class Stub:
            """To be written."""

            def __init__(self, nodes):
                """Takes nodes."""

            def lookup(self, key):
                """Finds."""
                ...

        class Begun(Stub):
            def lookup(self, key):
                return "a"

        assert Answer(Stub, "Stub").untouched()
        assert not Answer(Begun, "Begun").untouched()

    def test_whether_code_returns_anything_is_read_off_it(self):
        def prints(n):
            if n:
                print(n)
                return
            print(-n)

        def steps(n):
            yield n

        def either(n):
            return n or None

        def at_times(n):
            return n if n > 1 else None

        def gives(n):
            yield n
            return n

        class Printing:
            def show(self):
                print(self)

        class Showing(Printing):
            def get(self):
                return self

        silent = [prints, steps, Printing]
        assert [Answer(one, "one").returns_nothing() for one in silent] == [True, True, True]
        speaking = [either, at_times, gives, Showing, print, lambda n: n]
        assert not any(Answer(one, "one").returns_nothing() for one in speaking)

    def test_a_stub_that_raises_is_not_started(self):
        def stub():
            raise NotImplementedError

        with pytest.raises(NotStarted):
            Answer(stub, "stub")()


def busy(seconds):
    """Keeps Python busy for that long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        pass


class TestTimeLimit:
    def test_python_code_is_stopped_also_when_it_swallows_exceptions(self):
        def stubborn():
            while True:
                with suppress(Exception):
                    pass

        with pytest.raises(TimeUp):
            call_within(0.05, stubborn)

    def test_code_that_ends_in_time_is_left_alone_afterwards(self):
        # Long enough for a machine that is busy with something else to start a thread in.
        assert [call_within(0.5, lambda: 7) for _ in range(20)] == [7] * 20
        busy(0.6)  # a late TimeUp would strike here

    def test_limits_end_with_an_exception_too(self):
        with pytest.raises(ZeroDivisionError):
            call_within(5, lambda: 1 / 0)

    def test_no_watchdog_outlives_its_call_and_none_strikes_later(self):
        for number in range(150):  # ends long before the limit, about at it, and long after
            with suppress(TimeUp):
                call_within(0.01, lambda wait=number * 2e-4: busy(wait))
        busy(0.5)
        assert not [thread for thread in threading.enumerate() if thread.name == "time limit"]

    def test_a_limit_that_strikes_in_a_finaliser_strikes_again_and_is_not_reported(self, monkeypatch):
        reported = []
        monkeypatch.setattr(sys, "unraisablehook", lambda ignored: reported.append(ignored.exc_type))
        started, ended = [], []

        class Tidy:
            def __del__(self):
                if not started:
                    started.append(True)
                    busy(5)  # the first TimeUp strikes here, where Python ignores it
                    ended.append(True)

        class Broken:
            def __del__(self):
                raise KeyError

        def untidy():
            while True:
                Tidy()

        with pytest.raises(TimeUp):
            call_within(0.05, untidy)
        assert (started, ended, reported) == ([True], [], [])
        call_within(5, lambda: Broken() and None)
        assert reported == [KeyError]  # whatever else is ignored is still told

    def test_the_hook_for_ignored_exceptions_is_put_back(self):
        before = sys.unraisablehook
        with suppress(TimeUp):
            call_within(0.02, lambda: busy(0.1))
        call_within(5, lambda: None)
        assert sys.unraisablehook is before

    def test_code_that_cannot_be_stopped_is_told_how_to_go_on(self):
        said, release = io.StringIO(), threading.Event()
        threading.Timer(1.6, release.set).start()
        with suppress(TimeUp):
            # One long wait in C; on some systems it wakes up and is stopped.
            call_within(0.05, lambda: release.wait(10), said)
        assert said.getvalue() in ("", f"{STUCK}\n")


class TestComparison:
    def compare(self, double, mistakes=(), otherwise="other"):
        judge = Comparison(lambda n: 2 * n, mistakes, lambda case, expected, got: otherwise)
        judge.cases = [(0,), (2,), (3,)]
        with pytest.raises((Wrong, Failed)) as miss:
            judge.judge(Answer(double, "double"), judge.cases)
        return miss.value

    def test_the_mistake_that_explains_every_result_is_named(self):
        mistakes = [("adds-two", lambda n: n + 2), ("squares", lambda n: n * n)]
        miss = self.compare(lambda n: n * n, mistakes)
        assert (miss.message_id, miss.sentence) == ("squares", "double(3) gave 9; it had to give 6.")

    def test_where_none_explains_it_the_rest_has_an_id_too(self):
        assert self.compare(lambda n: 7).message_id == "other"

    def test_forgetting_to_return_is_named_everywhere(self):
        def printing(n):
            print(n)

        assert self.compare(printing).message_id == "no-return"

    def test_who_has_a_return_is_not_asked_for_one(self):
        def printing(n):
            return print(n)

        assert self.compare(printing).message_id == "wrong-type"

    def test_an_exception_says_what_had_to_come(self):
        miss = self.compare(lambda n: [][n])
        assert str(miss) == "double(0) raised IndexError: list index out of range; it had to give 0."

    def test_an_exception_that_descends_from_the_right_one_is_right(self):
        class TooFew(ValueError):
            pass

        def refuse(n):
            raise ValueError

        def strict(n):
            raise TooFew("too few")

        Comparison(refuse, [], lambda *_: "other").judge(Answer(strict, "strict"), [(1,)])


class Light(Node):
    """Sends its switch a number for each that it gets; the switch begins with 1 and hears each number once."""

    def on_message(self, sender, number):
        self.send(sender, number)


class Forgetful(Light):
    """Sends back 1, whatever it gets."""

    def on_message(self, sender, number):
        self.send(sender, 1)


class Silent(Light):
    def on_message(self, sender, number):
        self.seen = number


class Switch(Node):
    def on_start(self):
        self.ask(1)

    def ask(self, number):
        self.number = number
        self.send("light", number)
        self.set_timer("again", 1)

    def on_timer(self, name):
        self.ask(self.number)

    def on_message(self, sender, number):
        self.report(number)
        self.cancel_timer("again")
        if number < 3 and len(self.name) < 9:
            self.ask(number + 1)


def circuit(light, until=5, network=None):
    def counts_up(world):
        said = [number for _, number in world.reports]
        return said == sorted(set(said)) or f"the switch heard {said}"

    return Scenario({"light": light, "switch": Switch}, network=network, invariants=[counts_up], until=until)


def dark(light):
    return Scenario({"light": light})


def three_times(trace, *setup):
    return len(trace.reports) == 3 or f"the switch heard {len(trace.reports)} of 3 numbers"


@pytest.fixture
def lights():
    """A question about a light, with two rungs, and a protocol that knows one mistake."""
    asked = Question(
        "99.light",
        title="Light",
        names=("Light",),
        signature="class Light(Node)",
        points=4,
        minutes=1,
        hints=("one", "two", "three"),
        misconceptions={
            "says-one": "It says 1 only.",
            "too-few": "Too few.",
            "wrong-count": "A wrong count.",
        },
        right="It is on.",
        seconds=1,
    )
    protocol = Protocol(
        asked, [("says-one", Forgetful)], {"counts_up": "wrong-count", "three_times": "too-few"}
    )
    protocol.rung("calm", Run(Setup(circuit), (), (three_times,)))
    protocol.rung("a loss", Run(Setup(circuit), (Drop("switch>light#2"),), (three_times,)))
    protocol.rung("every order", Explore(Setup(circuit), {"losses": 1, "timeouts": 0}))
    return asked


class TestNodes:
    def test_a_right_class_climbs_all_rungs(self, lights):
        assert lights.judge([Light]).outcome == "right"

    def test_a_mistake_is_named_and_the_run_is_shown(self, lights):
        class Mine(Light):
            def on_message(self, sender, number):
                if number:
                    self.send(sender, 1)

        result = lights.judge([Mine])
        assert (result.outcome, result.message_id, result.seed) == ("wrong", "says-one", 0)
        assert "Without any fault: at 0.04 s the switch heard [1, 1]. It says 1 only." in result.sentence
        assert result.trace.violated == "counts_up"
        assert "<svg" in result.picture
        assert "Try it:  circuit(Light).run()  # seed 0" in result.to_text()

    def test_what_no_mistake_explains_is_named_by_what_broke(self, lights):
        result = lights.judge([Silent])
        assert (result.message_id, result.rungs) == ("too-few", (1, 3))

    def test_a_counterexample_of_exploration_can_be_pasted(self, lights):
        class Fine(Light):
            def on_message(self, sender, number):
                for each in {1: [1], 2: [2, 3]}.get(number, []):
                    self.send(sender, each)

        result = lights.judge([Fine])
        assert result.replay == "circuit(Light).explore(losses=1, timeouts=0, clock=[0, 5]).counterexample"
        assert eval(result.replay, {"circuit": circuit, "Light": Fine}) == result.trace
        assert "In a schedule of" in result.sentence

    def test_a_node_that_looks_at_its_clock_is_explored(self, lights):
        class Dated(Light):
            def on_message(self, sender, number):
                self.at = self.now
                self.send(sender, number)

        assert lights.judge([Dated]).outcome == "right"

    @pytest.mark.parametrize("handlers", [(), ("on_start",), ("on_start", "on_message", "on_timer")])
    def test_a_node_whose_handlers_do_nothing_is_not_started(self, lights, handlers):
        def stub(self, *arguments): ...

        def __init__(self):
            self.ready = True

        begun = type("Light", (Node,), {"__init__": __init__, **dict.fromkeys(handlers, stub)})
        assert lights.judge([begun]).outcome == "not started"

    def test_a_handler_that_is_still_to_be_written_is_not_started(self, lights):
        class Later(Node):
            def on_message(self, sender, number):
                raise NotImplementedError

        assert lights.judge([Later]).outcome == "not started"

    def test_a_handler_that_fails_is_told_with_its_line_and_its_run(self, lights):
        class Broken(Node):
            def on_message(self, sender, number):
                return [][number]

        result = lights.judge([Broken])
        line = Broken.on_message.__code__.co_firstlineno + 1
        assert (result.outcome, result.lines) == ("error", (f"line {line}: return [][number]",))
        assert [event.kind for event in result.trace.events][-1] == "deliver"

    def test_what_no_node_may_do_is_a_sentence_with_the_line(self, lights):
        class Stranger(Node):
            def on_message(self, sender, number):
                self.send("nobody", number)

        result = lights.judge([Stranger])
        assert (result.outcome, result.message_id) == ("wrong", "node-error")
        assert "there is no node 'nobody' to send to" in result.sentence
        assert "on_message, line" in result.sentence

    def test_state_that_is_not_plain_is_named(self, lights):
        class Lazy(Node):
            def on_message(self, sender, number):
                self.later = iter([number])

        assert lights.judge([Lazy]).message_id == "not-plain"

    def test_a_node_that_runs_away_is_stopped_on_the_first_rung(self, lights):
        class Chatty(Node):
            def on_message(self, sender, number):
                self.on_timer("now")

            def on_timer(self, name):
                self.set_timer("now", 0)

        result = lights.judge([Chatty])
        assert (result.message_id, result.rungs) == ("runs-away", (0, 3))

    def test_a_loop_without_end_in_a_handler_is_stopped_and_named(self, lights):
        class Stuck(Node):
            def on_message(self, sender, number):
                while True:
                    pass

        result = lights.judge([Stuck])
        assert (result.message_id, result.replay) == ("never-ends", "circuit(Light).run()")

    def test_a_class_that_is_no_node_is_told(self, lights):
        class Lamp:
            def on_message(self, sender, number):
                return number

        result = lights.judge([Lamp])
        assert (result.outcome, result.message_id) == ("error", "raised")
        assert "write `class Light(Node):`" in result.sentence

    def test_a_space_of_states_that_is_too_large_is_not_called_right(self):
        class Counting(Light):
            def on_start(self):
                self.count = 0
                self.set_timer("tick", 1)

            def on_timer(self, name):
                self.count += 1
                self.set_timer("tick", 1)

        found = Explore(Setup(dark), {"timeouts": None}, most=500).play(Counting)
        assert found.broken == "states-without-end"
        assert "500 states" in found.sentence

    def test_a_sweep_counts_the_seeds_and_shows_the_first_that_fails(self):
        sweep = Sweep(Setup(circuit, (), {"network": Network(duplicate=0.1, jitter=0.1)}), 40)
        found = sweep.play(Light, "Light")
        assert f"With seed {found.seed}: at" in found.sentence
        assert found.trace == circuit(Light, network=Network(duplicate=0.1, jitter=0.1)).run(seed=found.seed)
        assert (
            found.replay
            == f"circuit(Light, network=Network(jitter=0.1, duplicate=0.1)).run(seed={found.seed})"
        )


class TestFaultsOfTrials:
    def test_what_a_crash_in_a_handler_left_on_the_disk_is_told(self):
        class Writes(Light):
            def on_message(self, sender, number):
                self.disk["last"] = number
                self.send(sender, 1)

        crash = Crash("light", after="light>switch#2", until=0.5)
        found = Run(Setup(circuit), (crash,)).play(Writes)
        assert found.sentence == (
            f"With {crash!r}: at 0.04 s the switch heard [1, 1]. In its crash light left on the disk {{'last': 2}}."
        )

    @pytest.mark.parametrize(
        ("fault", "hit"),
        [
            (Drop("switch>light#1"), True),
            (Delay("light>switch#1", by=0.5), True),
            (Duplicate("switch>light#3"), True),
            (Crash("light", at=0.02, until=0.5), True),
            (Crash("light", at=4, until=4.5), False),
            (Crash("light", after="light>switch#1", until=0.5), True),
            (Partition({"light"}, {"switch"}, at=0.015, until=0.5), True),
            (Partition({"light"}, {"switch"}, at=2, until=3), False),
            (Pause("light", at=0.005, until=0.5), True),
            (Pause("light", at=4, until=4.5), False),
            (Pause("light", at=0.005, until=9), True),
            (Pause("light", at=4, until=9), False),
            (Pause("switch", at=0.015, until=9), True),
            (Delay("light>switch#1", by=0), False),
        ],
        ids=repr,
    )
    def test_a_fault_hits_when_it_changes_something(self, fault, hit):
        scenario = circuit(Light)
        assert hits(fault, scenario.run([fault]), scenario) is hit

    @pytest.mark.parametrize(
        ("first", "second", "hit"),
        [
            (Crash("light", at=0.02, until=0.5), Crash("light", at=0.3, until=0.4), False),
            (Crash("light", at=0.02, until=0.5), Crash("light", at=0.3, until=2), True),
            (Crash("light", at=0.02, until=0.5), Crash("light", at=0.3), True),
            (Crash("light", at=0.02, until=0.5), Crash("light", at=0.7, until=0.8), True),
            (Crash("light", at=0.02, until=0.5), Crash("light", at=4, until=4.5), False),
            (Crash("light", at=0.02, until=0.5), Crash("light", at=30, until=31), False),
            (Crash("switch", after="switch>light#2", until=0.5), Crash("light", at=4, until=4.5), False),
            (
                Partition({"light"}, {"switch"}, at=0.015, until=0.5),
                Partition({"light"}, {"switch"}, at=2, until=3),
                False,
            ),
            (
                Partition({"light"}, {"switch"}, at=0.015, until=0.5),
                Partition({"switch"}, {"light"}, at=0.015, until=0.5, oneway=True),
                False,
            ),
            (Pause("light", at=0.005, until=0.5), Pause("light", at=0.1, until=0.3), False),
            (Pause("light", at=0.005, until=0.5), Pause("light", at=0.1, until=0.7), True),
            (Crash("light", at=0.015, until=0.5), Pause("light", at=0.2, until=2), False),
            (Pause("light", at=0.005, until=0.5), Crash("light", at=0.4, until=0.6), True),
            (Pause("light", at=0.005, until=9), Drop("switch>light#2"), True),
        ],
        ids=repr,
    )
    def test_a_second_fault_hits_by_what_it_does_itself(self, first, second, hit):
        scenario = circuit(Light)
        trace = scenario.run([first, second])
        assert (hits(first, trace, scenario), hits(second, trace, scenario)) == (True, hit)

    def test_a_pause_hits_although_the_run_breaks_before_it_is_over(self):
        class Watch(Switch):
            def on_timer(self, name):
                self.report("silence")

        def hears(world):
            return ("switch", "silence") not in world.reports or "no answer came"

        scenario = Scenario({"light": Light, "switch": Watch}, invariants=[hears])
        pause = Pause("light", at=0.005, until=9)
        trace = scenario.run([pause])
        assert (trace.end, bool(trace.violated)) == (1.0, True)
        assert hits(pause, trace, scenario)

    def test_a_pause_hits_where_another_fault_would_name_nothing_without_it(self):
        scenario = circuit(Light)
        pause, drop = Pause("light", at=0.005, until=1.5), Drop("switch>light#4")
        trace = scenario.run([pause, drop])
        with pytest.raises(ValueError, match="names nothing"):
            scenario.run([drop])
        assert hits(pause, trace, scenario)

    def test_a_fault_of_a_message_that_is_never_sent_is_left_out_and_told(self):
        trace, nameless = struck(circuit(Silent), [Drop("switch>light#2"), Drop("light>switch#1")])
        assert nameless == [Drop("light>switch#1")]
        assert trace.faults == (Drop("switch>light#2"),)

    def test_a_trial_whose_fault_hits_nothing_is_not_passed(self):
        found = Run(Setup(circuit), (Crash("light", at=4, until=4.5),)).play(Light)
        assert found.broken == "no-fault-hit"

    @pytest.mark.parametrize("chapter", [caller, at_most_once, in_order, exactly_once])
    def test_chance_does_in_a_sweep_what_its_network_says(self, chapter):
        from course_lib.checks.messaging import callers, counters, receivers

        models = {caller: callers.Model, at_most_once: counters.Model, in_order: receivers.Model}
        for sweep in (trial for trial in chapter.protocol.trials if isinstance(trial, Sweep)):
            network = sweep.setup.options["network"].options
            notes = Counter()
            for seed in range(sweep.seeds):
                trace = sweep.setup.scenario(models[chapter]).run(seed=seed)
                notes.update((event.kind, event.note) for event in trace.events)
            assert bool(network["loss"]) == bool(notes["drop", "lost"])
            assert notes["deliver", "again"]

    def test_the_size_of_a_state_counts_its_single_values(self):
        assert size({"a": [1, (2, 3)], "b": {4}, "c": {}, "d": Drop("a>b#1")}) == 9


class TestScripts:
    def test_faults_cross_the_seam_as_they_are(self):
        script = [
            Drop("a>b#1"),
            Delay("a>b#1", by=2),
            Duplicate("a>b#2", after=0.5),
            Crash("a", after="a>b#1", until=3),
            Partition({"a"}, {"b", "c"}, at=1, until=2, oneway=True),
            Pause("a", at=1, until=2),
            sim.ClockSkew("a", offset=3.0),
        ]
        crossed = plain(script, "script")
        assert crossed == script
        assert not any(one is other for one, other in zip(crossed, script, strict=True))

    def test_a_fault_of_a_learners_own_kind_does_not_cross(self):
        class Drop(sim.Drop):
            def __eq__(self, other):
                return True

        with pytest.raises(Failed, match="it gave a Drop"):
            plain([Drop("a>b#1")], "script")

    @pytest.mark.parametrize("question", checks.questions("01")[1:], ids=lambda question: question.id)
    def test_the_line_to_try_can_be_pasted_into_the_notebook(self, question):
        given = built(question, "solutions").given
        wrong = [answer for answer in written(question, "messaging") if answer.outcome == "wrong"]
        for answer in wrong[2:9]:
            names = answer.names(question)
            result = question.judge(names)
            if result.trace is None or result.message_id in ("names-nothing", "node-error", "not-plain"):
                continue
            space = dict(zip(question.names, names, strict=True))
            exec(given, space)
            # As text: the notebook's messages may be other classes of the same names.
            assert eval(result.replay, space).to_text() == result.trace.to_text()

    def test_the_office_of_the_check_is_the_one_in_the_notebook(self):
        text = (ROOT / "book" / "01_nodes_and_messages" / "exercises.md").read_text(encoding="utf-8")
        first = "@dataclass(frozen=True)\nclass Job:"
        shown = {node.name: node for node in _classes(text[text.index(first) :].split("```")[0])}
        source = Path(printing.__file__).read_text(encoding="utf-8")
        for node in _classes(source):
            assert _bare(node) == _bare(shown.pop(node.name))
        assert not shown


def _classes(source):
    return [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def _bare(kind):
    """A class as text, without annotations of arguments and results."""
    for node in ast.walk(kind):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
    return ast.unparse(kind)


class TestCourse:
    def test_an_unknown_question_suggests_the_one_that_was_meant(self):
        with pytest.raises(KeyError, match=r"did you mean '03\.ring_lookup'"):
            checks.check("03.ringlookup", None)

    def test_hints_come_in_three_steps_and_begin_again(self, capsys):
        for _ in range(4):
            checks.hint("03.bounded")
        lines = capsys.readouterr().out.splitlines()
        assert [line[:11] for line in lines] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 1 of 3"]

    @pytest.mark.parametrize("chapter", ["03", 3, "03_consistent_hashing"])
    def test_a_chapter_lists_its_questions(self, chapter):
        assert [question.id for question in checks.questions(chapter)][:2] == [
            "03.moved_share",
            "03.ring_lookup",
        ]

    def test_a_chapter_without_questions_is_an_error(self):
        with pytest.raises(KeyError, match="77"):
            checks.questions("77")

    def test_a_check_is_printed_and_kept_in_the_record(self, tmp_path, monkeypatch, capsys):
        from course_lib import record

        (tmp_path / ".course").mkdir()
        monkeypatch.chdir(tmp_path)
        checks.check("03.ring_lookup", lambda points, place: points[0][1])
        assert "Not yet." in capsys.readouterr().out
        (kept,) = record.read("check")
        assert (kept["question"], kept["outcome"]) == ("03.ring_lookup", "wrong")
        assert 0 <= kept["points"] < kept["max_points"] == 3

    @pytest.mark.parametrize(
        "question", [*checks.questions("01"), *checks.questions("03")], ids=lambda question: question.id
    )
    def test_a_question_is_told_in_full(self, question):
        assert len(question.hints) == 3
        assert all(question.hints)
        assert "Think of next" in question.right
        assert len(question.rungs) >= 3
        assert question.minutes > 0
