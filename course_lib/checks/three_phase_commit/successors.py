"""The rule of 07.terminate as it should be, and as learners write it by mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

WORDS = ("commit", "abort", "move all")
Answers = Mapping[str, str | None]
Earlier = Mapping[str, str]
Rule = Callable[[str, Answers, Earlier], Any]


def of_states(living: set[str | None]) -> str:
    """The rule, of the states of those who live."""
    if "committed" in living:
        return "commit"
    if "aborted" in living:
        return "abort"
    return "move all" if "precommitted" in living else "abort"


def model(own: str, answers: Answers, earlier: Earlier) -> str:
    return of_states({own, *answers.values()})


def instead(decide: Callable[[str, list[str | None]], Any], *where: str) -> Rule:
    """The rule, and something else where nobody has decided and it says one of `where`."""

    def mistaken(own: str, answers: Answers, earlier: Earlier) -> Any:
        said = list(answers.values())
        is_decided = {"committed", "aborted"} & set(said)
        due = model(own, answers, earlier)
        return due if is_decided or due not in where else decide(own, said)

    return mistaken


def own_state(own: str, answers: Answers, earlier: Earlier) -> str:
    return "commit" if own == "precommitted" else "abort"


def own_state_moving(own: str, answers: Answers, earlier: Earlier) -> str:
    return of_states({own})


def own_state_unless_decided(own: str, answers: Answers, earlier: Earlier) -> str:
    said = set(answers.values())
    if "committed" in said:
        return "commit"
    return "commit" if own == "precommitted" and "aborted" not in said else "abort"


def forgets_itself(own: str, answers: Answers, earlier: Earlier) -> str:
    return of_states(set(answers.values()))


def latest(answers: Answers, earlier: Earlier) -> dict[str, str | None]:
    """For the dead what they told last."""
    return {name: said or earlier.get(name) for name, said in answers.items()}


def counts_the_dead(own: str, answers: Answers, earlier: Earlier) -> str:
    return model(own, latest(answers, earlier), {})


def counts_all_that_was_heard(own: str, answers: Answers, earlier: Earlier) -> str:
    return of_states({own, *answers.values(), *earlier.values()})


def earlier_only(own: str, answers: Answers, earlier: Earlier) -> str:
    return of_states({own, *earlier.values()})


def commits_at_once(own: str, answers: Answers, earlier: Earlier) -> str:
    due = model(own, answers, earlier)
    return "commit" if due == "move all" else due


def more_than_half(of: Callable[[str, list[str | None]], list[str | None]], word: str = "move all") -> Rule:
    """If more than half of these are precommitted."""

    def decide(own: str, said: list[str | None]) -> str:
        some = of(own, said)
        return word if 2 * some.count("precommitted") > len(some) else "abort"

    return instead(decide, "move all")


def with_me(own: str, said: list[str | None]) -> list[str | None]:
    return [own, *said]


def the_living(own: str, said: list[str | None]) -> list[str | None]:
    return [own, *(one for one in said if one)]


def others(own: str, said: list[str | None]) -> list[str | None]:
    return said


def what_most_say(own: str, answers: Answers, earlier: Earlier) -> str:
    """Of all states, decided or not, the one that most of the living have."""
    living = the_living(own, list(answers.values()))
    most = max(sorted({one for one in living if one}), key=living.count)
    return of_states({most})


def all_precommitted(own: str, said: list[str | None]) -> str:
    return "move all" if {own, *said} - {None} == {"precommitted"} else "abort"


def silence_first(own: str, answers: Answers, earlier: Earlier) -> str:
    return "abort" if None in answers.values() else model(own, answers, earlier)


def needs_all(own: str, said: list[str | None]) -> str:
    return "abort" if None in said else "move all"


def waits_for(states: set[str | None], word: Any = "wait") -> Rule:
    def mistaken(own: str, answers: Answers, earlier: Earlier) -> Any:
        said = set(answers.values())
        is_decided = {"committed", "aborted"} & said
        return word if states & said and not is_decided else model(own, answers, earlier)

    return mistaken


def unguarded(decide: Callable[[str, list[str | None]], str]) -> Rule:
    """Does not ask whether anybody has decided."""
    return lambda own, answers, earlier: decide(own, list(answers.values()))


def looks_for_the_precommitted(own: str, answers: Answers, earlier: Earlier) -> str:
    """Among the others, and there may be only such as have committed."""
    return "move all" if "precommitted" in answers.values() else "abort"


def prepared_commits(own: str, answers: Answers, earlier: Earlier) -> str:
    """All have promised, it thinks."""
    due = model(own, answers, earlier)
    return "move all" if due == "abort" and "aborted" not in answers.values() else due


def moves_committed(own: str, answers: Answers, earlier: Earlier) -> str:
    """As one does that looks only for who is precommitted, itself among them."""
    due = model(own, answers, earlier)
    return "move all" if due == "commit" else due


def in_words(*words: Any) -> Rule:
    return lambda *case: dict(zip(WORDS, words, strict=True))[model(*case)]


MISTAKES: list[tuple[str, Rule]] = [
    ("own-state", own_state),
    ("own-state", own_state_moving),
    ("own-state", own_state_unless_decided),
    ("own-state", instead(lambda own, said: of_states({own}), "move all")),
    ("forgets-itself", forgets_itself),
    ("counts-the-dead", counts_the_dead),
    ("counts-the-dead", counts_all_that_was_heard),
    ("counts-the-dead", earlier_only),
    ("commits-at-once", commits_at_once),
    *(
        ("majority", more_than_half(some, word))
        for some in (with_me, the_living, others)
        for word in ("move all", "commit")
    ),
    ("majority", what_most_say),
    ("aborts-the-precommitted", instead(all_precommitted, "move all")),
    ("aborts-the-precommitted", instead(lambda own, said: "abort", "move all")),
    ("prepared-commits", prepared_commits),
    ("prepared-commits", instead(lambda own, said: "commit", "abort")),
    ("prepared-commits", instead(lambda own, said: "commit", "abort", "move all")),
    ("silence-is-no", silence_first),
    ("silence-is-no", instead(needs_all, "move all")),
    ("waits", instead(lambda own, said: "wait", "abort")),
    ("waits", instead(lambda own, said: None, "abort")),
    ("waits", waits_for({None})),
    ("waits", waits_for({None, "prepared"})),
    ("against-the-decision", unguarded(all_precommitted)),
    ("against-the-decision", looks_for_the_precommitted),
    ("decides-again", moves_committed),
    ("not-a-word", in_words("commit", "abort", "precommit")),
    ("not-a-word", in_words("commit", "abort", "move all, then commit")),
    ("not-a-word", in_words("committed", "aborted", "move all")),
    ("not-a-word", in_words(True, False, None)),
]
