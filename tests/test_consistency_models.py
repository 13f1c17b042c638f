"""Causal consistency and the session guarantees beside their definitions; what implies what; all models at once."""

import consistency_oracle as oracle
import pytest
from consistency_oracle import SOME
from hypothesis import given

from course_lib.consistency import (
    CASRegister,
    History,
    KeyValue,
    NotTested,
    Operation,
    Queue,
    Register,
    Verdict,
    has_converged,
    is_causal,
    judge,
    keeps,
)
from course_lib.consistency.sessions import GUARANTEES
from course_lib.consistency.shrink import with_readers

DRAWN = {
    "one register": (Register(), oracle.versioned()),
    "two keys": (KeyValue(), oracle.versioned("xy", 7)),
}
LEVELS = ["linearizable", "sequential", "causal", *GUARANTEES, "eventual"]


def read(process, result, start, key=None):
    return Operation(process, "read", None, result, start, start + 1, key)


def write(process, value, start, key=None):
    return Operation(process, "write", value, None, start, start + 1, key)


@pytest.mark.parametrize(("spec", "drawn"), DRAWN.values(), ids=DRAWN)
def test_causal_is_what_its_definition_says(spec, drawn):
    @SOME
    @given(drawn)
    def run(history):
        verdict = is_causal(history, spec)
        assert verdict.holds is oracle.is_causal(history), verdict
        if verdict:
            return
        assert verdict.operations and set(verdict.operations) <= set(history)
        assert verdict.explanation
        assert not oracle.is_causal(verdict.smallest)
        if "nobody wrote" not in verdict.explanation:
            for one in verdict.smallest:
                gone = with_readers([one], verdict.smallest, spec)
                assert oracle.is_causal(History(other for other in verdict.smallest if other not in gone))

    run()


@pytest.mark.parametrize(("spec", "drawn"), DRAWN.values(), ids=DRAWN)
def test_the_session_guarantees_are_what_their_definitions_say(spec, drawn):
    @SOME
    @given(drawn)
    def run(history):
        breaches = oracle.breaches(history)
        for guarantee in GUARANTEES:
            verdict = keeps(history, spec, guarantee)
            assert verdict.holds is (guarantee not in breaches), verdict
            if not verdict:
                assert set(verdict.operations) <= set(verdict.smallest) <= set(history)
                assert guarantee in oracle.breaches(verdict.smallest)
                assert verdict.explanation.startswith(f"The read by {verdict.operations[-1].process} at ")

    run()


@pytest.mark.parametrize(("spec", "drawn"), DRAWN.values(), ids=DRAWN)
def test_a_model_implies_those_below_it(spec, drawn):
    @SOME
    @given(drawn)
    def run(history):
        ladder = judge(history, spec)
        assert list(ladder) == LEVELS
        assert ladder["sequential"] or not ladder["linearizable"]
        assert ladder["causal"] or not ladder["sequential"]
        assert not ladder["causal"] or all(ladder[guarantee] for guarantee in GUARANTEES)

    run()


BREACHES = {
    "read your writes": [write("a", 1, 0), read("a", None, 2)],
    "monotonic reads": [write("a", 1, 0), read("b", 1, 2), read("b", None, 4)],
    "monotonic writes": [
        write("a", 1, 0, "x"),
        write("a", 1, 2, "y"),
        read("b", 1, 4, "y"),
        read("b", None, 6, "x"),
    ],
    "writes follow reads": [
        write("a", 1, 0, "x"),
        read("b", 1, 2, "x"),
        write("b", 1, 4, "y"),
        read("c", 1, 6, "y"),
        read("c", None, 8, "x"),
    ],
}


@pytest.mark.parametrize("guarantee", GUARANTEES)
def test_each_guarantee_can_be_broken_alone(guarantee):
    ladder = judge(BREACHES[guarantee], KeyValue())
    assert [name for name in GUARANTEES if not ladder[name]] == [guarantee]
    assert not ladder["causal"]
    assert ladder[guarantee].operations[-1] == BREACHES[guarantee][-1]


def test_a_process_that_changes_its_mind_about_concurrent_writes_is_not_causal():
    history = [write("a", 1, 0), write("b", 2, 0), read("c", 1, 2), read("c", 2, 4), read("c", 1, 6)]
    assert not is_causal(history, Register())
    verdict = keeps(history, Register(), "monotonic reads")
    assert [one.result for one in verdict.operations] == [1, 2, 1]


def test_two_processes_may_see_concurrent_writes_in_different_orders_and_that_is_causal():
    history = [write("a", 1, 0), write("b", 2, 0)]
    history += [read("c", 1, 2), read("c", 2, 4), read("d", 2, 2), read("d", 1, 4)]
    ladder = judge(history, Register())
    assert (ladder["sequential"].holds, ladder["causal"].holds) == (False, True)


def test_a_value_from_nowhere_is_told_apart():
    verdict = is_causal([read("a", 5, 0)], Register())
    assert verdict.explanation == "read() by a -> 5: nobody wrote 5."
    assert len(verdict.smallest) == 1


@pytest.mark.parametrize(
    ("spec", "operations", "why"),
    [
        (Register(), [write("a", 1, 0), write("b", 1, 0)], "1 is there twice"),
        (Register(0), [write("a", 0, 0)], "0 is there twice"),
        (Queue(), [Operation("a", "enqueue", 1, None, 0, 1)], "not for Queue"),
        (CASRegister(), [Operation("a", "cas", (None, 1), True, 0, 1)], "is neither"),
    ],
)
def test_what_nobody_can_tell_is_not_tested_and_says_why(spec, operations, why):
    for level in ("causal", *GUARANTEES):
        said = judge(operations, spec)[level]
        assert isinstance(said, NotTested)
        assert said == "not tested"
        assert why in said.explanation


def test_a_guarantee_of_another_name_is_an_error_that_lists_them():
    with pytest.raises(KeyError, match="no session guarantee 'reads'; there are read your writes, monotonic"):
        keeps(History(), Register(), "reads")


LAST_WRITE = write("a", 1, 0)


@pytest.mark.parametrize(
    ("operations", "holds"),
    [
        ([LAST_WRITE, read("b", 1, 2), read("c", 1, 2)], True),
        ([LAST_WRITE, read("b", None, 2), read("c", 1, 2)], False),
        ([LAST_WRITE, read("b", None, 2), read("b", 1, 4), read("c", 1, 2)], True),
        ([LAST_WRITE, read("b", None, 2), read("c", None, 2)], False),
        ([LAST_WRITE, read("b", 1, 2)], None),
        ([LAST_WRITE, read("b", 1, 0), read("c", None, 0)], None),
        ([], None),
    ],
)
def test_who_looks_after_the_last_write_agrees_or_not(operations, holds):
    verdict = has_converged(operations, Register())
    assert (verdict == "not tested") if holds is None else (verdict.holds is holds)


def test_a_write_of_unknown_outcome_may_still_settle_it():
    history = [Operation("z", "write", 2, start=0), LAST_WRITE, read("b", 1, 2), read("c", 2, 2)]
    assert has_converged(history, Register()) == "not tested"


def test_readers_may_be_given_time():
    history = [LAST_WRITE, read("b", None, 2), read("c", 1, 2), read("b", 1, 9), read("c", 1, 9)]
    early = [*history[:3], read("d", 1, 9)]
    assert has_converged(history, Register(), quiet=5)
    assert has_converged(early, Register()).holds is False
    assert has_converged(early, Register(), quiet=5) == "not tested"


def test_all_models_at_once_are_a_table():
    ladder = judge(BREACHES["read your writes"], KeyValue())
    assert isinstance(ladder["linearizable"], Verdict)
    rows = ladder.rows()
    assert [row[0] for row in rows] == LEVELS
    assert {row[1] for row in rows} == {"yes", "no", "not tested"}
    assert repr(ladder).splitlines()[3].startswith("read your writes     no          The read by a at 2")
    table = ladder._repr_markdown_().splitlines()
    assert table[:2] == ["| model | holds | why not |", "|---|---|---|"]
    assert len(table) == 2 + len(LEVELS)


def test_a_search_given_up_is_unknown_in_the_table():
    history = [Operation(f"p{n}", "write", n % 3, None, 0, 9) for n in range(8)] + [read("r", 7, 20)]
    assert [row[1] for row in judge(history, Register(), most=5).rows()[:2]] == ["unknown", "unknown"]


def test_four_session_guarantees_do_not_make_a_history_causal():
    history = [
        Operation("a", "write", 1, start=0, end=1, key="x"),
        Operation("b", "read", result=1, start=2, end=3, key="x"),
        Operation("b", "write", 1, start=4, end=5, key="y"),
        Operation("c", "read", result=1, start=6, end=7, key="y"),
        Operation("c", "write", 1, start=8, end=9, key="z"),
        Operation("d", "read", result=1, start=10, end=11, key="z"),
        Operation("d", "read", result=0, start=12, end=13, key="x"),
    ]
    verdicts = judge(history, KeyValue(0))
    assert verdicts["causal"].holds is False
    assert all(verdicts[level] for level in ("monotonic writes", "writes follow reads", "monotonic reads"))


def test_who_reads_the_initial_value_that_was_written_back_has_converged():
    history = [
        Operation("a", "write", 1, start=0, end=1),
        Operation("a", "write", 0, start=2, end=3),
        Operation("a", "read", result=0, start=4, end=5),
        Operation("b", "read", result=0, start=4, end=5),
    ]
    assert has_converged(history, Register(0))


def test_what_was_not_tested_is_not_true():
    assert not has_converged([Operation("a", "read", result=0, start=0, end=1)], Register(0))
