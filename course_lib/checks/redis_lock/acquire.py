"""04.acquire: take the lock, if nobody has it, for a time."""

from collections import Counter

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Wrong
from course_lib.checks.redis_lock.actors import Caller
from course_lib.checks.redis_lock.orders import explore
from course_lib.checks.redis_lock.scenes import Lock, Scene
from course_lib.checks.redis_lock.server import OF_SCRIPTS, READS, OnRedis, name_of, text

QUESTION = OnRedis(
    "04.acquire",
    title="Take the lock",
    names=("acquire",),
    signature="acquire(key: str, token: str, seconds: float), which yields Redis commands -> bool",
    points=3,
    minutes=10,
    hints=(
        "Between two commands another client may come, or yours may crash. So how many commands may it be at most?",
        "SET has options: NX sets the key only where it does not exist; EX takes whole seconds and PX whole milliseconds after which it is gone. One SET can do all of it.",
        "`reply = yield ('SET', key, token, 'NX', 'PX', milliseconds)` with milliseconds = round(seconds * 1000). The reply is True or None; return a bool.",
    ),
    misconceptions={
        "no-nx": "SET sets a key whether it is there or not. With NX it does so only where nobody has it.",
        "looks-first": "A look and a SET are two commands, and another client may come between them: both see that the lock is free. The SET itself has to look: NX.",
        "crash-leaves-it": "A client that dies between the two commands leaves a lock that nobody can ever take again. The lock and its expiry have to be one command.",
        "no-expiry": "Without an expiry a client that dies keeps the lock for ever.",
        "milliseconds-for-seconds": "That is a thousand times too long: EX takes seconds, PX milliseconds.",
        "seconds-for-milliseconds": "That is a thousand times too short: PX takes milliseconds, EX seconds.",
        "cuts-off-the-fraction": "The fraction of a second is lost. PX takes milliseconds: round(seconds * 1000).",
        "another-expiry": "The lock has to end `seconds` after it was taken.",
        "prolongs-a-strangers": "Who does not get the lock must not touch its expiry either: a client that keeps asking would keep it alive for ever.",
        "endless-is-held": "A lock without an end is a lock, too: its holder may want it so. Who only asks for it neither takes it nor gives it an end.",
        "same-token": "It was not this call that took it: another thread may use that token, and some of the lock's time is gone. Only the reply of the SET tells.",
        "clients-clock": "Clients' clocks differ, and may jump. Hand over how long the lock lasts (PX), not when it ends (PXAT): then only Redis' clock counts.",
        "another-token": "The lock has to hold the token that was given: by it the owner is told from others.",
        "another-key": "The lock is the key that was given, not one of your own.",
        "says-yes": "The reply of SET ... NX tells: True where it was set, None where it was not.",
        "has-it-and-says-no": "The lock was taken, and the caller is told that it was not: nobody will give it back. redis-py turns the reply OK into True; compare with nothing.",
        "never-takes": "Nobody had the lock, so it had to be taken.",
        "returns-the-reply": "The caller wants True or False; None or a text is neither. bool(reply) is.",
        "waits": "One try is wanted, and a plain answer. Whether to wait and ask again is the caller's to decide.",
        "not-a-command": "A command is a tuple, name first: `yield ('GET', key)`. To use its reply in an expression, put brackets round all of it: `(yield ('GET', key)) is None`.",
        "redis-refuses": "Compare with the command's description: the order of its arguments, whole numbers where it wants them.",
        **OF_SCRIPTS,
    },
    right=(
        "One command looks, sets, and makes sure of the end; nothing can come in between. "
        "Think of next: a client that was told True and then slept for longer than `seconds`. What does it believe?"
    ),
)

ANN, BOB = "ann-7f3a", "bob-c51e"


def taken_alone(acquire: Answer, key: str, seconds: float, token: str = ANN) -> None:
    """Nobody else is there."""

    def judge(scene: Scene) -> None:
        caller = scene.actors[0]
        lock = scene.moves[-1].after if scene.moves else scene.lock()
        result = told_as_bool(caller, due=True)
        if lock.value is None:
            if scene.eye.dbsize():
                raise Wrong("another-key", f"There is no key {key!r}, but {names(scene)}.")
            raise Wrong("never-takes", f"{caller.source} returned {result}, and nobody has the lock.")
        if lock.value != token:
            raise Wrong("another-token", f"{key!r} holds {lock.value!r}; it had to hold {token!r}.")
        if not result:
            raise Wrong("has-it-and-says-no", f"{caller.source} returned False.")

    explore(lambda scene: [Caller(scene, "ann", acquire, key, token, seconds)], judge, key)


def not_taken(acquire: Answer, token: str, seconds: float | None, reason: str = "") -> None:
    """The lock holds `token` already. `reason` is the misconception's id, where the answer would do otherwise."""
    before: list[Lock] = []

    def setting(scene: Scene) -> list[Caller]:
        scene.held_by(token, seconds)
        before[:] = [scene.lock()]
        return [Caller(scene, "ann", acquire, "lock", ANN, 30)]

    def judge(scene: Scene) -> None:
        caller, [was], now = scene.actors[0], before, scene.lock()
        if now.value != was.value:
            raise Wrong(reason or "no-nx", f"It was not free, and now it holds {now.value!r}.")
        if now.end != was.end:
            said = f"It was not free, and had to end {moment(was.end)}; now it ends {moment(now.end)}."
            raise Wrong(reason or "prolongs-a-strangers", said)
        if told_as_bool(caller, due=False):
            raise Wrong(reason or "says-yes", f"{caller.source} returned True, and it was not free.")
        asked = Counter(command for command in caller.sent if name_of(command) not in READS)
        if any(times > 1 for times in asked.values()):
            raise Wrong("waits", f"{caller.name} asked {max(asked.values())} times.")

    explore(setting, judge)


def ends(acquire: Answer, key: str, seconds: float, fast: float = 0) -> None:
    """The lock that is taken ends in time, also where the caller's clock is `fast` by so many seconds."""

    def setting(scene: Scene) -> list[Caller]:
        scene.fast = fast
        if fast:
            scene.story.append(f"ann's clock is {fast:g} s fast")
        return [Caller(scene, "ann", acquire, key, ANN, seconds)]

    def judge(scene: Scene) -> None:
        caller = scene.actors[0]
        lock = scene.moves[-1].after if scene.moves else scene.lock()
        if lock.value is not None:
            raise_unless_in_time(lock, caller, seconds)
        elif not scene.moves or not any(move.after.value for move in scene.moves):
            raise Wrong("never-takes", "Nobody has the lock.")

    explore(setting, judge, key)


def raise_unless_in_time(lock: Lock, caller: Caller, seconds: float) -> None:
    """`seconds` count from some moment between the first command and the last."""
    if lock.end is None:
        raise Wrong("no-expiry", f"The lock has no end; it had to end after {seconds:g} s.")
    lasts, slack = round(lock.end - caller.began, 3), caller.returned - caller.began + 0.002
    if seconds - 0.002 <= lasts <= seconds + slack:
        return
    factor = lasts / seconds
    reason = "another-expiry"
    if caller.scene.fast:
        reason = "clients-clock"
    elif 900 < factor < 1100:
        reason = "milliseconds-for-seconds"
    elif factor < 0.01:
        reason = "seconds-for-milliseconds"
    elif seconds % 1 and abs(lasts - seconds) < 1:
        reason = "cuts-off-the-fraction"
    raise Wrong(reason, f"The lock ends {lasts:g} s after it was asked for; it had to be {seconds:g} s.")


def told_as_bool(caller: Caller, due: bool) -> bool:
    """What the call returned. Raises Wrong for what is no bool."""
    result = caller.result
    if result is None and due:
        raise Wrong("no-return", f"{caller.source} returned None; it had to return {due}.")
    if not isinstance(result, bool):
        raise Wrong("returns-the-reply", f"{caller.source} returned {short(result)}; it had to return {due}.")
    return result


def names(scene: Scene) -> str:
    return ", ".join(repr(text(key)) for key in sorted(scene.eye.keys()))


@QUESTION.rung("a free lock")
def _(acquire: Answer) -> None:
    taken_alone(acquire, "lock", 30)
    taken_alone(acquire, "report:12", 10)
    taken_alone(acquire, "lock", 30, "ann's")


@QUESTION.rung("a lock that another has")
def _(acquire: Answer) -> None:
    not_taken(acquire, BOB, 20)


def moment(end: float | None) -> str:
    return "never" if end is None else f"at {end:g} s"


@QUESTION.rung("it ends by itself")
def _(acquire: Answer) -> None:
    for seconds in (30, 10, 2):
        ends(acquire, "lock", seconds)


@QUESTION.rung("a crash after any command")
def _(acquire: Answer) -> None:
    def judge(scene: Scene) -> None:
        caller, lock = scene.actors[0], scene.lock()
        if caller.crashed and lock.value is not None and (lock.end is None or lock.end > scene.now + 30):
            raise Wrong("crash-leaves-it", f"The lock is {caller.name}'s, and {stays(lock)}.")
        if not caller.crashed and lock.value is not None and lock.end is None:
            raise Wrong("no-expiry", "The lock has no end.")
        if not caller.crashed and lock.value is None:
            raise Wrong("never-takes", "Nobody has the lock.")

    explore(lambda scene: [Caller(scene, "ann", acquire, "lock", ANN, 30)], judge, crashes=1)


def stays(lock: Lock) -> str:
    return "will stay for ever" if lock.end is None else f"will stay until {lock.end:g} s"


@QUESTION.rung("parts of a second")
def _(acquire: Answer) -> None:
    for seconds in (1.5, 0.25, 2.0, 0.29):
        ends(acquire, "lock", seconds)


@QUESTION.rung("a client whose clock is wrong")
def _(acquire: Answer) -> None:
    ends(acquire, "lock", 30, fast=300)


@QUESTION.rung("a lock that has no end, and one with the same token")
def _(acquire: Answer) -> None:
    not_taken(acquire, BOB, None, "endless-is-held")
    not_taken(acquire, ANN, 20, "same-token")


@QUESTION.rung("two at once, in every order")
def _(acquire: Answer) -> None:
    def setting(scene: Scene) -> list[Caller]:
        return [
            Caller(scene, "ann", acquire, "lock", ANN, 30),
            Caller(scene, "bob", acquire, "lock", BOB, 30),
        ]

    def judge(scene: Scene) -> None:
        lock, tokens = scene.lock(), {"ann": ANN, "bob": BOB}
        holders = [caller for caller in scene.actors if caller.result is True]
        if len(holders) > 1:
            looked = any(move.before == move.after for move in scene.moves[:2])
            raise Wrong("looks-first" if looked else "no-nx", "Both were told that they have it.")
        if not holders:
            raise Wrong("never-takes", "Nobody was told that they have it.")
        if lock.value != tokens[holders[0].name]:
            raise Wrong("looks-first", f"{holders[0].name} was told True, and the lock holds {lock.value!r}.")
        if lock.end is not None and lock.end > holders[0].returned + 30:
            raise Wrong("prolongs-a-strangers", f"The lock of {holders[0].name} now ends at {lock.end:g} s.")

    explore(setting, judge)
