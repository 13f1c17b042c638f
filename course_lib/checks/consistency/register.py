"""02.register: what a single copy of a register would answer."""

from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question

QUESTION = Question(
    "02.register",
    title="Write a specification",
    names=("step",),
    signature="step(state, kind: str, value) -> tuple: (result, state after it)",
    points=2,
    minutes=10,
    hints=(
        "Three kinds, three cases. For each: what does the caller hear, and what does the register hold afterwards?",
        "A read gives (state, state), a write (None, value). A compare-and-set has two outcomes, and in one of them the state stays as it is.",
        "For 'cas': expected, new = value. If state == expected the answer is (True, new), else (False, state).",
    ),
    misconceptions={
        "failed-cas-writes": "A compare-and-set that fails leaves the register as it was: the state after it is the state before it.",
        "cas-without-comparing": "Compare first: the new value is written only where the register holds the expected one.",
        "none-for-false": "A compare-and-set that fails returns False. None is what a write returns: it says nothing.",
        "failed-cas-is-legal": "A compare-and-set that fails is no error: False is an answer like any other, and it tells that the state was another.",
        "cas-returns-the-value": "A compare-and-set answers whether it worked, True or False, not which value it found or left.",
        "write-returns-something": "A write returns None: its answer tells nothing of the state.",
        "compares-with-is": "`is` asks whether two names stand for one object. Values are compared with ==.",
        "initial-zero": "The state is None as long as nothing was written, and a read says so. None is not 0.",
        "empty-is-a-value": "None, 0 and '' are values like others; a condition such as `if state` takes them for nothing.",
        "state-first": "The result comes first, then the state after it.",
        "another-step": "Which result has the caller to hear, and what does the register hold afterwards?",
    },
    right=(
        "No clocks, no network, no concurrency: that is the contract. A judge replays histories against it, and must be able to go back, so no step changes a state in place. "
        "Think of next: what would `step` be for a queue, and which of its operations can fail?"
    ),
)


def model(state: Any, kind: str, value: Any) -> tuple[Any, Any]:
    """The specification, as in the lesson."""
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return (True, new) if state == expected else (False, state)


def with_cas(cas: Any) -> Any:
    """The model with another compare-and-set: a function (state, expected, new)."""
    return lambda state, kind, value: cas(state, *value) if kind == "cas" else model(state, kind, value)


def _raises(state: Any, expected: Any, new: Any) -> tuple[Any, Any]:
    if state != expected:
        raise ValueError
    return True, new


def _one_object(state: Any, other: Any) -> bool:
    """Whether `is` calls the two one thing, on copies: Python has each small number and short text only once."""
    small = isinstance(other, int) and -5 <= other <= 256
    return state == other and (other is None or isinstance(other, str) or small)


def _write_returns(state: Any, kind: str, value: Any, result: Any) -> tuple[Any, Any]:
    return (result, value) if kind == "write" else model(state, kind, value)


MISTAKES = [
    ("failed-cas-writes", with_cas(lambda state, expected, new: (state == expected, new))),
    ("cas-without-comparing", with_cas(lambda state, expected, new: (True, new))),
    ("none-for-false", with_cas(lambda s, expected, new: (True, new) if s == expected else (None, s))),
    ("failed-cas-is-legal", with_cas(_raises)),
    ("cas-returns-the-value", with_cas(lambda s, expected, new: (s, new if s == expected else s))),
    ("cas-returns-the-value", with_cas(lambda s, expected, new: (new if s == expected else s,) * 2)),
    ("write-returns-something", lambda state, kind, value: _write_returns(state, kind, value, value)),
    ("write-returns-something", lambda state, kind, value: _write_returns(state, kind, value, True)),
    ("write-returns-something", lambda state, kind, value: _write_returns(state, kind, value, state)),
    (
        "compares-with-is",
        with_cas(lambda s, expected, new: (True, new) if _one_object(s, expected) else (False, s)),
    ),
    ("initial-zero", lambda state, kind, value: model(0 if state is None else state, kind, value)),
    ("initial-zero", lambda state, kind, value: model(state or 0, kind, value)),
    (
        "empty-is-a-value",
        with_cas(lambda s, expected, new: (True, new) if s and s == expected else (False, s)),
    ),
    (
        "empty-is-a-value",
        with_cas(lambda s, expected, new: (True, new) if not s or s == expected else (False, s)),
    ),
    ("state-first", lambda *case: model(*case)[::-1]),
]


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What is wrong with a step that no known mistake explains."""
    return "another-step"


Comparison(model, MISTAKES, otherwise).add_rungs(
    QUESTION,
    {
        "read": [(7, "read", None), ("tea", "read", None), (0, "read", None)],
        "read what nobody wrote": [(None, "read", None)],
        "write": [(None, "write", 1), (1, "write", 2), (3, "write", None), (4, "write", 4)],
        "a compare-and-set that works": [(1, "cas", (1, 2)), (5, "cas", (5, 5)), ("a", "cas", ("a", 3))],
        "a compare-and-set that fails": [(1, "cas", (2, 3)), (2, "cas", (1, 2)), ("a", "cas", ("A", 1))],
        "None, 0 and ''": [
            (None, "cas", (None, 1)),
            (0, "cas", (0, 1)),
            ("", "cas", ("", 1)),
            (None, "cas", (0, 1)),
            (0, "cas", (None, 1)),
            (1, "cas", (1, None)),
        ],
        "large values": [
            (10**6, "cas", (10**6, 1)),
            ((1, 2), "cas", ((1, 2), (3, 4))),
            (2.5, "cas", (2.5, 1)),
        ],
    },
)
