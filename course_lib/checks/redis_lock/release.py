"""04.release: give the lock back, if it is still one's own."""

from functools import partial

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Wrong
from course_lib.checks.redis_lock.actors import Caller, Others
from course_lib.checks.redis_lock.orders import explore
from course_lib.checks.redis_lock.scenes import Move, Scene
from course_lib.checks.redis_lock.server import OF_SCRIPTS, OnRedis, name_of, text

QUESTION = OnRedis(
    "04.release",
    title="Give it back, if it is still yours",
    names=("release",),
    signature="release(key: str, token: str), which yields Redis commands -> bool",
    points=4,
    minutes=15,
    hints=(
        "Say in words what Redis has to do: look whether the token is mine, and if so delete. What may happen between the look and the deletion?",
        "Redis runs a script as one command: `('EVAL', script, 1, key, token)`. In it the key is KEYS[1] and the token ARGV[1]; redis.call('GET', KEYS[1]) asks, and `return` gives the reply.",
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end. Then return whether the reply is 1.",
    ),
    misconceptions={
        "deletes-anybodys": "Whose lock it is has to be looked at before it is deleted.",
        "look-then-delete": "The look was right, and old when the deletion came. Both have to be one step in Redis: a script (EVAL).",
        "multi-cannot-decide": "MULTI carries out what is in it whatever the replies are: no command in it can depend on the look. A script can decide.",
        "watches-too-late": "WATCH notices changes from then on. What changed between the look and the WATCH is not noticed: watch first, then look.",
        "takes-it-away-first": "The lock was another's, and for a moment nobody had it. To put it back does not help: somebody may come in between, or you may crash.",
        "bytes-and-text": "Redis replies with bytes, and b'x' == 'x' is False in Python: the look never finds its own token. So nothing is ever given back.",
        "keys-and-arguments": "EVAL takes the script, the number of keys, the keys, then the other arguments: ('EVAL', script, 1, key, token).",
        "never-releases": "The lock was the caller's own, so it had to be deleted.",
        "ignores-the-conflict": "EXEC replies None where a watched key has changed: then nothing was carried out, and the lock was not given back.",
        "says-yes": "True is for a call that has deleted the lock. The caller must learn that it had lost it: what it did without a lock may have to be looked at.",
        "says-no": "The lock was deleted, and the caller is told that it was not. Does the script `return` what DEL replies?",
        "returns-the-reply": "The caller wants True or False, not Redis' 1, 0 or None.",
        "makes-a-lock": "Nobody had the lock, and afterwards there is one. Nothing may be set here.",
        "waits": "A release never has to wait: delete what is one's own, or say that it is not.",
        "not-a-command": "A command is a tuple, name first: `yield ('GET', key)`. To use its reply in an expression, put brackets round all of it: `(yield ('GET', key)) == ...`.",
        "nearly-mine": "That token is only like one's own. The whole of it has to be the same, capitals and small letters too: ==.",
        "queued": "Within MULTI no command is carried out yet: its reply is QUEUED, and its value comes with EXEC. Look before MULTI, after WATCH.",
        "left-open": "What is sent on that connection next is still watched for (WATCH), or only put in a queue (MULTI). Where no EXEC comes, end with UNWATCH or DISCARD.",
        "redis-refuses": "Compare with the command's description. The course's Redis is version 7.0; what came later it does not know.",
        **OF_SCRIPTS,
    },
    right=(
        "The look and the deletion are one step, so nobody can come in between; and who comes too late is told so. "
        "Think of next: Ann's lock ends while she still works, and nobody deletes anything wrong. What can go wrong all the same?"
    ),
)

ANN, BOB = "ann-7f3a", "bob-c51e"
LIKE_ANNS = (f"{ANN}b", ANN[:-1], "ann", ANN.upper())
OPENS, CLOSES = {"WATCH", "MULTI"}, {"UNWATCH", "DISCARD", "EXEC"}


def judge(scene: Scene) -> None:
    """What must hold in every order: only ann's own lock is deleted, and she is told whether it was."""
    for move in scene.moves:
        raise_if_robbed(move, scene)
    for caller in scene.actors:
        if isinstance(caller, Caller) and not caller.crashed:
            raise_if_told_wrong(caller, scene.moves)


def raise_if_robbed(move: Move, scene: Scene) -> None:
    """No command changes a lock that is not ann's, and none makes one."""
    before, after = move.before, move.after
    if before.value == ANN or before == after:
        return
    if before.value is None:
        raise Wrong("makes-a-lock", f"Nobody had the lock, and then it held {after.value!r}.")
    how = "gone" if after.value is None else "changed"
    raise Wrong(why_robbed(move, scene), f"With this command of ann's, bob's lock was {how}.")


def why_robbed(move: Move, scene: Scene) -> str:
    if move.before.value in LIKE_ANNS:
        return "nearly-mine"
    if name_of(move.command) in ("GETDEL", "GETSET", "RENAME"):
        return "takes-it-away-first"
    if name_of(move.command) == "EXEC":
        sent = [name_of(other.command) for other in scene.moves]
        looked = set(sent[: sent.index("MULTI")]) - {"WATCH"}
        return "watches-too-late" if looked and "WATCH" in sent else "multi-cannot-decide"
    was_hers = any(other.before.value == ANN for other in scene.moves[: scene.moves.index(move)])
    return "look-then-delete" if was_hers else "deletes-anybodys"


def raise_if_told_wrong(caller: Caller, moves: list[Move]) -> None:
    """True if one of its commands has deleted ann's lock, else False."""
    own = [move for move in moves if move.name == caller.name]
    deleted = any(move.before.value == ANN and move.after.value is None for move in own)
    result = caller.result
    if caller.left.value == ANN:
        said = f"{caller.source} returned {short(result)}, and the lock was still there."
        raise Wrong(why_kept(own, result), said)
    if not isinstance(result, bool):
        said = f"{caller.source} returned {short(result)}; it had to return {deleted}."
        silent = result is None and deleted
        script = any(name_of(move.command).startswith(("EVAL", "FCALL")) for move in own)
        raise Wrong(("says-no" if script else "no-return") if silent else "returns-the-reply", said)
    if result and not deleted:
        conflict = any(name_of(move.command) == "EXEC" and move.reply is None for move in own)
        said = f"{caller.source} returned True, and had deleted nothing."
        raise Wrong("ignores-the-conflict" if conflict else "says-yes", said)
    if deleted and not result:
        raise Wrong("says-no", f"{caller.source} returned False, and had deleted the lock.")


def why_kept(own: list[Move], result: object) -> str:
    """Why a lock of one's own was not deleted."""
    scripts = [move.command for move in own if name_of(move.command) in ("EVAL", "EVALSHA")]
    if any(text(command[2]) != "1" or text(command[3]) == ANN for command in scripts):
        return "keys-and-arguments"
    replies = [move.reply for move in own if name_of(move.command) == "GET"]
    if b"QUEUED" in replies:
        return "queued"
    looked = ANN.encode() in replies
    return "bytes-and-text" if looked and result is False else "never-releases"


def release_of_ann(release: Answer, scene: Scene, name: str = "ann") -> Caller:
    return Caller(scene, name, release, scene.key, ANN)


@QUESTION.rung("a lock of one's own")
def _(release: Answer) -> None:
    def setting(scene: Scene) -> list[Caller]:
        scene.held_by(ANN, 30)
        return [release_of_ann(release, scene)]

    for key in ("lock", "report:12"):
        explore(setting, judge, key)


@QUESTION.rung("a lock that is over")
def _(release: Answer) -> None:
    explore(lambda scene: [release_of_ann(release, scene)], judge)


@QUESTION.rung("a lock that another has")
def _(release: Answer) -> None:
    for token in (BOB, *LIKE_ANNS):

        def setting(scene: Scene, token: str = token) -> list[Caller]:
            scene.held_by(token, 30)
            return [release_of_ann(release, scene)]

        explore(setting, judge)


@QUESTION.rung("it ends between any two commands")
def _(release: Answer) -> None:
    def setting(scene: Scene) -> list[Caller | Others]:
        scene.held_by(ANN, 30)
        return [release_of_ann(release, scene), Others(scene, "bob", BOB, "ends")]

    explore(setting, judge)


@QUESTION.rung("it ends and another takes it, between any two commands")
def _(release: Answer) -> None:
    def setting(scene: Scene) -> list[Caller | Others]:
        scene.held_by(ANN, 30)
        return [release_of_ann(release, scene), Others(scene, "bob", BOB, "ends", "takes")]

    explore(setting, judge)
    explore(setting, judge, crashes=1)


@QUESTION.rung("given back twice at once, in every order")
def _(release: Answer) -> None:
    def setting(scene: Scene) -> list[Caller | Others]:
        scene.held_by(ANN, 30)
        twice = [release_of_ann(release, scene, name) for name in ("ann", "ann again")]
        return [*twice, Others(scene, "bob", BOB, "takes")]

    explore(setting, judge)


@QUESTION.rung("any text is a token")
def _(release: Answer) -> None:
    token = "ann's"

    def setting(scene: Scene) -> list[Caller]:
        scene.held_by(token, 30)
        return [Caller(scene, "ann", release, scene.key, token)]

    def judge(scene: Scene) -> None:
        [caller] = scene.actors
        if scene.lock().value == token or caller.result is not True:
            raise Wrong("never-releases", f"{caller.source} returned {short(caller.result)}.")

    explore(setting, judge)


@QUESTION.rung("the connection is as it was")
def _(release: Answer) -> None:
    def leaves_it(scene: Scene) -> None:
        judge(scene)
        [caller] = scene.actors
        last = [name for name in map(name_of, caller.sent) if name in OPENS | CLOSES][-1:]
        if OPENS.intersection(last):
            raise Wrong("left-open", f"{caller.source} returned {caller.result}, and {last[0]} is in force.")

    def setting(scene: Scene, token: str) -> list[Caller]:
        scene.held_by(token, 30)
        return [release_of_ann(release, scene)]

    explore(lambda scene: [release_of_ann(release, scene)], leaves_it)
    for token in (ANN, BOB):
        explore(partial(setting, token=token), leaves_it)
