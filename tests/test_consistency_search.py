"""Verdicts that come from a search, beside a judge that tries every order."""

from dataclasses import replace
from random import Random

import consistency_oracle as oracle
import pytest
from consistency_oracle import EACH_PROCESS, NOTHING, REAL_TIME, SOME, exists, histories, is_witness
from hypothesis import HealthCheck, given, settings

from course_lib.consistency import (
    CASRegister,
    History,
    KeyValue,
    Lock,
    Operation,
    Queue,
    Register,
    Transactions,
    is_linearizable,
    is_sequential,
    is_serializable,
)
from course_lib.consistency.shrink import with_readers

JUDGES = {REAL_TIME: is_linearizable, EACH_PROCESS: is_sequential, NOTHING: is_serializable}
OBJECTS = {
    "register": (Register(), oracle.register, histories(oracle.READ | oracle.WRITE)),
    "compare-and-set": (CASRegister(), oracle.register, histories(oracle.READ | oracle.WRITE | oracle.CAS)),
    "key-value": (
        KeyValue(),
        oracle.key_value,
        histories(oracle.READ | oracle.WRITE | oracle.CAS, keys="xy"),
    ),
    "queue": (Queue(), oracle.queue, histories(oracle.ENQUEUE | oracle.DEQUEUE)),
    "lock": (Lock(), oracle.lock, histories(oracle.LOCK)),
    "transactions": (Transactions(), oracle.transactions, histories(oracle.txn(), most=5)),
}
WRITTEN_ONCE = {
    "register": (Register(), oracle.register, oracle.versioned()),
    "key-value": (KeyValue(), oracle.key_value, oracle.versioned("xy")),
}
NAMES = {"argvalues": OBJECTS.values(), "ids": OBJECTS}


def compare(history, spec, model):
    """The verdicts, each held against every order."""
    for keeps, judge in JUDGES.items():
        verdict = judge(history, spec)
        assert verdict.holds is exists(history, model, keeps), verdict
        if verdict:
            assert is_witness(verdict.order, history, model, keeps)
            assert (verdict.operations, verdict.explanation) == ((), "")
            assert verdict.smallest is verdict.prefix is None
        else:
            assert verdict.order is None
            assert verdict.operations and set(verdict.operations) <= set(history)
            assert verdict.explanation
            if keeps != NOTHING:
                is_small(verdict, spec, model, keeps)


def is_small(verdict, spec, model, keeps):
    """The part that fails does fail, none of it can be left out, and the guilty are of it."""
    small = verdict.smallest
    assert not exists(small, model, keeps)
    for one in small:
        gone = with_readers([one], small, spec)
        rest = History(other for other in small if other not in gone)
        assert exists(rest, model, keeps), f"{one} can be left out of\n{small}"
    known_as = {*small, *(one for one in verdict.operations if oracle.opened(one) in small.operations)}
    assert set(verdict.operations) <= known_as
    assert len(verdict.operations) == len(small)


@pytest.mark.parametrize(("spec", "model", "drawn"), **NAMES)
def test_a_search_says_what_trying_every_order_says(spec, model, drawn):
    @SOME
    @given(drawn)
    def run(history):
        compare(history, spec, model)

    run()


@pytest.mark.parametrize(("spec", "model", "drawn"), WRITTEN_ONCE.values(), ids=WRITTEN_ONCE)
def test_it_does_so_where_each_value_is_written_once_and_a_circle_may_say_no(spec, model, drawn):
    @SOME
    @given(drawn)
    def run(history):
        compare(history, spec, model)

    run()


def test_of_two_calls_alike_only_the_one_that_had_not_returned_is_guilty():
    read, lost = Operation("a", "read", result=0, start=0, end=0), Operation("c", "cas", (1, 0), start=0)
    refused = replace(lost, result=False, end=0)
    assert is_linearizable(History([read, refused, lost]), CASRegister()).operations == (read, lost)


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("spec", "model", "drawn"), **NAMES)
def test_a_search_says_so_for_many_thousands(spec, model, drawn):
    @settings(max_examples=8_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(drawn)
    def run(history):
        compare(history, spec, model)

    run()


# An operation begins a moment after its process' last one ended, so that keys are independent.
APART = {name: OBJECTS[name] for name in ("register", "queue", "lock")} | {
    "key-value": (
        KeyValue(),
        oracle.key_value,
        histories(oracle.READ | oracle.WRITE | oracle.CAS, keys="xy", pause=1),
    )
}


@pytest.mark.parametrize(("spec", "model", "drawn"), APART.values(), ids=APART)
def test_the_prefix_ends_just_before_the_first_return_at_which_one_could_tell(spec, model, drawn):
    @SOME
    @given(drawn)
    def run(history):
        verdict = is_linearizable(history, spec)
        if verdict:
            return
        returns = sorted(one.end for one in history if one.known)
        seen_by = {time: [one for one in history if one.start <= time] for time in returns}
        told = next(
            time
            for time in returns
            if not exists(
                History(
                    one if one.known and one.end <= time else oracle.opened(one) for one in seen_by[time]
                ),
                model,
                REAL_TIME,
            )
        )
        assert verdict.prefix == oracle.prefix(history, told)
        assert exists(verdict.prefix, model, REAL_TIME)

    run()


class Whole(KeyValue):
    """Keys that are not independent, as far as a judge is told."""

    def partition(self, operation):
        return None, self


@SOME
@given(histories(oracle.READ | oracle.WRITE | oracle.CAS, keys="xyz", most=8))
def test_linearizability_is_local_each_key_by_itself_is_enough(history):
    assert is_linearizable(history, KeyValue()).holds is is_linearizable(history, Whole()).holds


def test_keys_whose_operations_touch_in_time_are_not_independent():
    # Each key is fine: at time 1 its write and its read overlap. A process orders its own, and that is a circle.
    history = History(
        [
            Operation("p", "read", None, 1, 0, 1, "x"),
            Operation("p", "write", 1, None, 1, 2, "y"),
            Operation("q", "read", None, 1, 0, 1, "y"),
            Operation("q", "write", 1, None, 1, 2, "x"),
        ]
    )
    assert all(is_linearizable(history.on(key), KeyValue()) for key in "xy")
    assert is_linearizable(history, KeyValue()).holds is is_sequential(history, KeyValue()).holds is False


@SOME
@given(histories(oracle.READ | oracle.WRITE, keys="xy", most=8))
def test_a_verdict_does_not_depend_on_the_order_in_which_operations_are_given(history):
    again = History(reversed(history.operations))
    if again == history:  # what took no time at one moment has only that order
        assert is_linearizable(again, KeyValue()) == is_linearizable(history, KeyValue())


DEKKER = History(
    [
        Operation("p", "write", 1, None, 0, 1, "x"),
        Operation("p", "read", None, None, 2, 3, "y"),
        Operation("q", "write", 1, None, 0, 1, "y"),
        Operation("q", "read", None, None, 2, 3, "x"),
    ]
)


def test_dekker_is_sequential_on_each_key_and_on_both_it_is_not():
    assert is_sequential(DEKKER.on("x"), KeyValue())
    assert is_sequential(DEKKER.on("y"), KeyValue())
    verdict = is_sequential(DEKKER, KeyValue())
    assert verdict.holds is False
    assert set(verdict.operations) == set(DEKKER)
    assert "in a circle" in verdict.explanation
    assert not is_linearizable(DEKKER, KeyValue())


def call(process, kind, given_, result, start, end, key=None):
    return Operation(process, kind, given_, result, start, end, key)


# Small cases of the kind that porcupine's tests hold: overlaps, zero length, a key-value store.
PORCUPINE = {
    "a read that overlaps two writes": (
        Register(0),
        True,
        [
            call(0, "write", 100, None, 0, 100),
            call(1, "read", None, 100, 25, 75),
            call(2, "read", None, 0, 30, 60),
        ],
    ),
    "new, then old": (
        Register(0),
        False,
        [
            call(0, "write", 200, None, 0, 100),
            call(1, "read", None, 200, 10, 30),
            call(2, "read", None, 0, 40, 90),
        ],
    ),
    "no time at all": (
        Register(0),
        True,
        [
            call(0, "write", 100, None, 0, 0),
            call(1, "read", None, 100, 0, 0),
            call(2, "read", None, 0, 0, 0),
        ],
    ),
    "no time at all, and too late": (
        Register(0),
        False,
        [
            call(0, "write", 200, None, 0, 0),
            call(1, "read", None, 200, 10, 10),
            call(2, "read", None, 0, 20, 20),
        ],
    ),
    "two keys": (
        KeyValue(0),
        True,
        [
            call(0, "write", 1, None, 0, 10, "x"),
            call(1, "write", 2, None, 0, 10, "y"),
            call(0, "read", None, 2, 11, 12, "y"),
            call(1, "read", None, 1, 11, 12, "x"),
        ],
    ),
    "two keys, one stale": (
        KeyValue(0),
        False,
        [
            call(0, "write", 1, None, 0, 10, "x"),
            call(1, "write", 2, None, 0, 10, "y"),
            call(0, "read", None, 0, 11, 12, "y"),
            call(1, "read", None, 1, 11, 12, "x"),
        ],
    ),
}


@pytest.mark.parametrize(("spec", "holds", "operations"), PORCUPINE.values(), ids=PORCUPINE)
def test_small_cases_of_the_kind_that_porcupine_is_tested_with(spec, holds, operations):
    assert is_linearizable(History(operations), spec).holds is holds


UNKNOWN_WRITE = Operation("a", "write", 1, start=0)


@pytest.mark.parametrize(("result", "late"), [(None, 9), (1, 9), (None, 0), (1, 0)])
def test_a_write_of_unknown_outcome_may_have_taken_effect_or_not(result, late):
    history = History([UNKNOWN_WRITE, Operation("b", "read", None, result, late, late + 1)])
    assert is_linearizable(history, Register())


def test_a_write_of_unknown_outcome_may_take_effect_long_after_its_process_went_on():
    history = [
        UNKNOWN_WRITE,
        Operation("a", "write", 2, None, 5, 6),
        Operation("b", "read", None, 2, 7, 8),
        Operation("b", "read", None, 1, 9, 10),
    ]
    assert is_linearizable(history, Register())
    assert is_sequential(history, Register())
    verdict = is_linearizable([*history, Operation("b", "read", None, 2, 11, 12)], Register())
    assert verdict.holds is False


def test_nothing_takes_effect_before_its_call():
    history = [Operation("b", "read", None, 1, 0, 1), Operation("a", "write", 1, start=2)]
    verdict = is_linearizable(history, Register())
    assert not verdict
    assert verdict.explanation == (
        "The read by b at 0 returned 1, but write(1) by a -> ? began only at 2, after it had finished."
    )
    assert is_sequential(history, Register())


def test_the_explanation_names_who_is_guilty_and_when():
    history = [
        Operation("c1", "write", 1, None, 0, 9),
        Operation("c3", "read", None, 1, 2, 3),
        Operation("c2", "read", None, 0, 14, 15),
        Operation("c4", "read", None, 1, 20, 21),
    ]
    verdict = is_linearizable(history, Register(0))
    assert verdict.explanation == (
        "The read by c2 at 14 returned 0, but write(1) by c1 had finished at 9. "
        "In every order that keeps to real time and explains the others it returns 1."
    )
    assert [one.process for one in verdict.operations] == ["c1", "c2"]
    assert repr(verdict) == f"linearizable: no. {verdict.explanation}"
    assert [one.process for one in verdict.prefix] == ["c1", "c3", "c2"]


@pytest.mark.parametrize("judge", JUDGES.values())
def test_a_search_that_is_given_up_is_unknown_and_not_true(judge):
    # No process order and no circle says it at once: each value is written by all.
    history = History(Operation(f"p{n}", "write", n % 3, None, 0, 9) for n in range(8))
    history = History([*history, Operation("r", "read", None, 7, 20, 21)])
    verdict = judge(history, Register(), most=10)
    assert verdict.holds is None
    assert not verdict
    assert (verdict.operations, verdict.order) == ((), None)
    assert verdict.explanation.startswith("Unknown: given up after 10 states.")
    assert repr(verdict).startswith(f"{verdict.level}: unknown. ")
    assert judge(history, Register()).holds is False


@pytest.mark.parametrize("judge", JUDGES.values())
def test_a_history_of_nothing_holds(judge):
    assert judge(History(), Register()).order == ()


# Large histories that are linearizable because their points are chosen first.


def made(random, size, processes=10, unknown=0.0, keys=(None,)):
    """Operation n takes effect at time n; its interval grows around that, up to those of its process before and after
    it."""
    turns = [random.randrange(processes) for _ in range(size)]
    state, operations = {}, []
    for n, process in enumerate(turns):
        before = next((m for m in range(n - 1, -1, -1) if turns[m] == process), n - 40)
        after = next((m for m in range(n + 1, size) if turns[m] == process), n + 40)
        start = n - random.random() * 0.45 * (n - before)
        end = n + random.random() * 0.45 * (after - n)
        key, kind = random.choice(keys), random.choice(["read", "read", "write", "cas"])
        now, given_, result = state.get(key), None, None
        if kind == "read":
            result = now
        elif kind == "write":
            given_ = state[key] = n
        else:
            given_ = random.choice([now, -1]), n
            result = given_[0] == now
            state[key] = n if result else now
        if random.random() < unknown:
            result = end = None
        operations.append(Operation(process, kind, given_, result, start, end, key))
    return History(operations)


@pytest.mark.parametrize(("size", "unknown"), [(200, 0.0), (200, 0.03), (2_000, 0.0), (2_000, 0.003)])
@pytest.mark.parametrize("keys", [(None,), ("x", "y", "z")], ids=["one register", "three keys"])
@pytest.mark.parametrize("seed", range(3))
def test_a_history_around_chosen_points_is_linearizable_and_with_one_stale_read_it_is_not(
    size, unknown, keys, seed
):
    random = Random(seed)
    history = made(random, size, unknown=unknown, keys=keys)
    verdict = is_linearizable(history, KeyValue())
    assert verdict.holds is True
    known = [one for one in history if one.known]
    assert set(known) <= set(verdict.order)
    reads = [one for one in known if one.kind == "read" and one.start > history[-1].start / 2]
    bad = random.choice(reads)
    others = [one for one in history if one is not bad]
    for result in (-7, None):  # from nowhere; and the first value of all, long gone
        spoilt = oracle.replace(bad, result=result)
        verdict = is_linearizable(History([*others, spoilt]), KeyValue())
        assert verdict.holds is False
        assert spoilt in verdict.operations
        assert len(verdict.smallest) <= 3


def test_of_two_that_return_at_once_the_one_that_was_refused_is_blamed():
    history = [
        Operation("a", "txn", (("read", "x"), ("write", "x", 1)), (0,), 0, 10),
        Operation("b", "txn", (("read", "x"), ("write", "x", 2)), (77,), 0, 10),
    ]
    said = is_linearizable(history, Transactions(0)).explanation
    assert said.startswith("The txn") and "by b at 0 returned (77,)" in said and said.endswith("(1,).")
