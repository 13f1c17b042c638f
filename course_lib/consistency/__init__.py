"""Consistency models: what clients may observe of a store, and judges that say whether they did.

| to read first | what it has |
|---|---|
| `history` | operations, as their clients saw them |
| `specs` | what a single copy would answer |
| `search` | the search behind linearizable, sequential and serializable |
| `linearizable`, `sequential`, `causal`, `sessions`, `convergence` | the models, the strongest first |
| `ladder` | all of them at once: `judge` |

| to look up | |
|---|---|
| `reading` | histories from runs, JSON, Jepsen's logs |
| `versions`, `forced` | which write a read saw, and what order follows from it |
| `shrink`, `words`, `verdict` | the small part that fails, and why, in English |
| `stores`, `causal_store` | stores to judge |
"""

from course_lib.consistency.causal import is_causal
from course_lib.consistency.convergence import has_converged
from course_lib.consistency.history import History, Operation
from course_lib.consistency.ladder import Ladder, judge
from course_lib.consistency.linearizable import is_linearizable
from course_lib.consistency.sequential import is_sequential, is_serializable
from course_lib.consistency.sessions import keeps
from course_lib.consistency.specs import (
    CASRegister,
    KeyValue,
    Lock,
    Queue,
    Register,
    Specification,
    Transactions,
)
from course_lib.consistency.verdict import NotTested, Verdict

__all__ = [
    "CASRegister",
    "History",
    "KeyValue",
    "Ladder",
    "Lock",
    "NotTested",
    "Operation",
    "Queue",
    "Register",
    "Specification",
    "Transactions",
    "Verdict",
    "has_converged",
    "is_causal",
    "is_linearizable",
    "is_sequential",
    "is_serializable",
    "judge",
    "keeps",
]
