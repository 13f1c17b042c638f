"""07.terminate: what does the successor of a dead coordinator do with what the living have told it?"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question
from course_lib.checks.three_phase_commit.successors import MISTAKES, WORDS, model

QUESTION = Question(
    "07.terminate",
    title="The successor's rule",
    names=("terminate",),
    signature="terminate(own: str, answers: dict of str to str or None, earlier: dict of str to str) -> str",
    points=3,
    minutes=10,
    hints=(
        "Take the states of those who live: your own, and the answers that are not None. Has anybody decided? Is anybody precommitted?",
        "A decision is one for all: do the same. With a precommitted one among the living the dead may have committed, so it can only be committed; but who is still prepared has to move first. Who answers None has no say, whatever it told earlier.",
        "living = {own, *answers.values()}. 'committed' in it: 'commit'. 'aborted' in it: 'abort'. 'precommitted' in it: 'move all'. Else 'abort'.",
    ),
    misconceptions={
        "own-state": "Each would decide from its own state, and they differ: that is the version with timeouts, which splits. All the living count.",
        "forgets-itself": "You live as well: your own state counts as an answer does.",
        "majority": "This is no vote. A single one that is precommitted is enough: the dead may have committed. And a decision is known as soon as one knows it.",
        "commits-at-once": "Somebody is still prepared. If you commit now and die, the next in line may find only prepared ones, and abort. Move all, then commit.",
        "aborts-the-precommitted": "Somebody is precommitted. If you abort and die, the next in line may find only precommitted ones, and commit: they would. As long as one lives that is precommitted, commit.",
        "prepared-commits": "All who live are prepared, so nobody has committed: all would have been precommitted before that. A dead one may have aborted. Abort.",
        "counts-the-dead": "What a dead one told earlier does not count. Another leader may have found it dead already, and decided without it, and died. Only those who answer you count.",
        "silence-is-no": "Who does not answer is dead, not against it. When it is back it asks. The living decide without it.",
        "waits": "Three phases are there so that the living need not wait: with their states they can always decide.",
        "against-the-decision": "Somebody has decided already. There is one decision: do the same.",
        "decides-again": "Somebody has committed, so all that count were precommitted before. It is decided: 'commit'.",
        "not-a-word": "'commit', 'abort' or 'move all' is wanted.",
        "another-outcome": "Go through the living, yourself included: has one decided? Is one precommitted?",
    },
    right=(
        "A decision is followed, a precommitted one that lives makes it a commit, after all have moved, and without either nobody can have committed. "
        "Think of next: all this rests on silence meaning death. What do two groups do that take each other for dead?"
    ),
)


def otherwise(case: Case, expected: Any, got: Any) -> str:
    return "another-outcome" if got in WORDS else "not-a-word"


def decided(function: Callable[..., Any], *case: Any) -> Any:
    """What an answer comes to: where nobody is left to be moved, to move all and to commit are the same."""
    said = function(*case)
    own, answers, _ = case
    is_moved = {own, *answers.values()} <= {"precommitted", None}
    return "move all" if is_moved and said == "commit" else said


def of(own: str, *said: str | None, earlier: tuple[str, ...] = ()) -> Case:
    names = [f"p{place}" for place in range(2, 2 + len(said))]
    return own, dict(zip(names, said, strict=True)), dict(zip(names, earlier, strict=False))


def can_be(states: set[str | None]) -> bool:
    """Nobody commits while one that lives is prepared, and nobody aborts while one that lives is precommitted."""
    return not ("committed" in states and states & {"aborted", "prepared"}) and not (
        "aborted" in states and "precommitted" in states
    )


def every(most: int) -> Iterator[Case]:
    """Every combination of states that can come together, with each thing that can have been told before."""
    before = {"prepared": ("prepared",), None: ("prepared", "precommitted"), "aborted": ("prepared",)}
    answers: tuple[str | None, ...] = ("prepared", "precommitted", "committed", "aborted", None)
    for number in range(most + 1):
        for own, said in product(("prepared", "precommitted"), product(answers, repeat=number)):
            if can_be({own, *said}):
                for earlier in product(*(before.get(one, ("precommitted",)) for one in said)):
                    yield of(own, *said, earlier=earlier)


PREPARED, PRECOMMITTED = "prepared", "precommitted"

Comparison(model, MISTAKES, otherwise, run=decided).add_rungs(
    QUESTION,
    {
        "somebody has decided": [
            of(PRECOMMITTED, "committed"),
            of(PREPARED, "aborted", PREPARED),
            of(PRECOMMITTED, PRECOMMITTED, "committed", PRECOMMITTED),
        ],
        "all are prepared": [of(PREPARED, PREPARED), of(PREPARED, PREPARED, PREPARED), of(PREPARED)],
        "somebody is precommitted": [
            of(PRECOMMITTED, PREPARED),
            of(PREPARED, PRECOMMITTED, PREPARED, PREPARED),
            of(PRECOMMITTED, PREPARED, PRECOMMITTED),
            of(PRECOMMITTED, PRECOMMITTED),
        ],
        "some are dead": [
            of(PREPARED, None, PREPARED, earlier=(PREPARED, PREPARED)),
            of(PREPARED, None, PREPARED, earlier=(PRECOMMITTED, PREPARED)),
            of(PRECOMMITTED, None, PREPARED),
            of(PRECOMMITTED, None),
            of(PREPARED, None, None, earlier=(PRECOMMITTED, PREPARED)),
        ],
        "every combination of four": list(every(3)),
    },
)
