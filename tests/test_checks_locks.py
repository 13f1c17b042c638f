"""What the checks of chapter 04 stand on: functions of commands, every order of them, and Redis in virtual time."""

import io
from contextlib import nullcontext, redirect_stdout, suppress
from itertools import pairwise

import pytest
from answers import built, written
from fakeredis import FakeRedis, FakeServer

from course_lib import locks
from course_lib.checks import questions
from course_lib.checks.answer import Answer
from course_lib.checks.plain import Failed
from course_lib.checks.question import Wrong
from course_lib.checks.redis_lock import orders
from course_lib.checks.redis_lock.actors import Caller, Others
from course_lib.checks.redis_lock.commands import run
from course_lib.checks.redis_lock.server import Connection, Redis, name_of, words
from course_lib.locks import leases
from course_lib.sim import Delay, Duplicate

ASKED = {question.id: question for question in questions("04")}


def add_one(key):
    """Reads, then writes: not atomic."""
    number = int((yield ("GET", key)) or 0)
    yield ("SET", key, number + 1)
    return number + 1


class TestFunctionsOfCommands:
    def test_run_gives_what_the_function_returns(self):
        client = FakeRedis()
        assert [run(client, add_one("n")), run(client, add_one("n"))] == [1, 2]
        assert client.get("n") == b"2"

    def test_others_come_after_the_command_that_is_named(self):
        client = FakeRedis()
        assert run(client, add_one("n"), {1: [("SET", "n", 9), add_one("n")]}) == 1
        assert client.get("n") == b"1"

    def test_an_error_is_raised_at_the_yield(self):
        def careful():
            try:
                yield ("INCR", "tea")
            except Exception as error:
                return type(error).__name__

        client = FakeRedis()
        client.set("tea", "green")
        assert run(client, careful()) == "ResponseError"

    def test_a_transaction_has_a_connection_of_its_own(self):
        def transaction():
            yield ("WATCH", "n")
            yield ("MULTI",)
            yield ("SET", "n", 1)
            return (yield ("EXEC",))

        client = FakeRedis()
        assert run(client, transaction(), {2: [("SET", "n", 9)]}) is None
        assert client.get("n") == b"9"

    def test_a_function_without_yield_is_told_so(self):
        with pytest.raises(TypeError, match="yield the commands"):
            run(FakeRedis(), None)

    def test_what_crosses_the_seam_is_plain(self):
        def strange():
            yield object()

        steps = Answer(strange, "strange").steps()
        with pytest.raises(Failed, match="it gave an object"):
            steps.send(None)

    def test_a_function_that_returns_at_once_is_told_that_it_must_yield(self):
        with pytest.raises(Failed, match="it had to `yield` first"):
            Answer(lambda key: True, "acquire").steps("lock")

    def test_a_crash_in_the_middle_passes_over_a_finally_block(self):
        def stubborn():
            try:
                yield ("PING",)
            finally:
                yield ("PING",)

        steps = Answer(stubborn, "stubborn").steps()
        steps.send(None)
        steps.close()

    def test_commands_are_named_and_written_out(self):
        assert name_of(("script load", "x")) == name_of((b"SCRIPT", "LOAD")) == "SCRIPT"
        assert (
            words(("EVAL", "return  1 -- and a long comment that ends", 0))
            == "EVAL return 1 -- and a lo... 0"
        )


def tried(replay, *cells):
    """What the last part of a line gives in a notebook, or the name of the exception."""
    space = {}
    for cell in cells:
        exec(cell, space)
    *before, last = replay.split("; ")
    try:
        exec("\n".join(before), space)
        return eval(last, space)
    except Exception as error:
        return type(error).__name__


def played(lengths, most=1000):
    """The orders of actors that act so many times each, as texts."""

    def play(choose):
        left, last, order = dict(lengths), None, ""
        while any(left.values()):
            ready = sorted((name for name in left if left[name]), key=lambda name: name != last)
            last = ready[choose(len(ready))]
            left[last] -= 1
            order += last
        return order

    return list(orders.every_order(play, most))


class TestEveryOrder:
    def test_each_order_comes_once(self):
        found = played({"a": 3, "b": 2})
        assert len(found) == len(set(found)) == 10
        assert len(played({"a": 2, "b": 2, "c": 2})) == 90

    def test_those_with_the_fewest_turns_come_first(self):
        def turns(order):
            return sum(
                one != other and one in order[at:] for at, (one, other) in enumerate(pairwise(order), 1)
            )

        found = played({"a": 3, "b": 3})
        assert found[0] == "aaabbb"
        assert turns(found[0]) <= min(map(turns, found))
        assert sorted(map(turns, found[:2]))[0] == 0

    def test_it_ends_where_it_has_to(self):
        assert len(played({"a": 9, "b": 9}, most=50)) == 50

    def test_the_first_order_that_breaks_it_is_told_drawn_and_played_again(self):
        def setting(scene):
            scene.key = "n"
            return [Caller(scene, name, Answer(add_one, "add_one"), "n") for name in ("ann", "bob")]

        def judge(scene):
            if scene.eye.get("n") != b"2":
                raise Wrong("lost", "One was lost.")

        with pytest.raises(Wrong) as wrong:
            orders.explore(setting, judge)
        assert wrong.value.sentence == (
            "ann GET n -> None; bob GET n -> None; bob SET n 1 -> True; ann SET n 1 -> True. One was lost."
        )
        assert wrong.value.replay == "client = FakeRedis(); run(client, add_one('n'), {1: [add_one('n')]})"
        assert "8 messages sent" in wrong.value.trace.to_text() or len(wrong.value.trace) == 16

    def test_a_call_may_crash_before_any_of_its_commands(self):
        seen = set()

        def judge(scene):
            [caller] = scene.actors
            seen.add((caller.crashed, len(caller.sent)))

        orders.explore(
            lambda scene: [Caller(scene, "ann", Answer(add_one, "add_one"), "n")], judge, crashes=1
        )
        assert seen == {(False, 2), (True, 0), (True, 1)}

    def test_others_come_at_every_point_and_the_time_of_the_lock_passes(self):
        seen = []

        def setting(scene):
            scene.held_by("ann", 30)
            look = Answer(look_twice, "look_twice")
            return [Caller(scene, "ann", look, "lock"), Others(scene, "bob", "bob", "ends", "takes")]

        def look_twice(key):
            return [(yield ("GET", key)), (yield ("GET", key))]

        orders.explore(setting, lambda scene: seen.append((scene.actors[0].result, scene.now > 30)))
        assert len(seen) == 6
        assert {tuple(result) for result, _ in seen} == {
            (b"ann", b"ann"), (b"ann", None), (b"ann", b"bob"), (None, None), (None, b"bob"), (b"bob", b"bob")
        }  # fmt: skip
        assert all(late for _, late in seen)


class TestRedisInVirtualTime:
    def test_a_watched_key_that_expires_ends_the_transaction_as_in_redis_7(self):
        redis = Redis()
        eye = redis.connect()
        own = Connection(redis, eye)
        eye.set("lock", "ann")
        own.execute(("WATCH", "lock"))
        own.execute(("MULTI",))
        own.execute(("DEL", "lock"))
        eye.delete("lock")
        assert own.execute(("EXEC",)) is None
        assert own.execute(("GET", "lock")) is None

    def test_fakeredis_overlooks_that_a_watched_key_expired(self):
        """Should this fail, `Connection` need no longer help."""
        import time_machine

        client = FakeRedis(server=FakeServer(version=(7,)))
        with time_machine.travel(1000.0, tick=False) as clock:
            client.set("lock", "ann", px=1000)
            client.execute_command("WATCH", "lock")
            clock.shift(2)
            client.execute_command("MULTI")
            client.execute_command("SET", "other", 1)
            assert client.execute_command("EXEC") is not None

    def test_an_emptied_server_knows_neither_keys_nor_scripts_nor_transactions(self):
        redis = Redis()
        first = redis.connect()
        sha = first.execute_command("SCRIPT", "LOAD", "return 1")
        first.set("lock", "ann")
        first.execute_command("MULTI")
        redis.empty()
        again = redis.connect()
        assert again is first
        assert again.get("lock") is None
        with pytest.raises(Exception, match="No matching script"):
            again.execute_command("EVALSHA", sha, 0)


class TestTheQuestions:
    @pytest.mark.parametrize("id", ["04.acquire", "04.release"])
    def test_what_a_check_says_to_try_can_be_tried(self, id):
        question = ASKED[id]
        for answer in written(question, "redis_lock"):
            [function] = answer.names(question)
            replay = question.judge([function]).replay
            space = {"FakeRedis": FakeRedis, "run": run, question.names[0]: function}
            if not replay.startswith("client"):
                continue
            may_raise = answer.message_id in ("not-a-command", "redis-refuses", "script-fails", "pasted-in")
            with redirect_stdout(io.StringIO()), suppress(Exception) if may_raise else nullcontext():
                exec(replay, space)

    @pytest.mark.parametrize("id", ["04.fenced", "04.keep_alive"])
    def test_what_a_check_says_to_try_shows_the_fault(self, id):
        question = ASKED[id]
        model = built(question, "solutions")
        for answer in written(question, "redis_lock"):
            if answer.outcome == "right":
                continue
            replay = question.judge(answer.names(question)).replay
            came, due = (tried(replay, model.given, code) for code in (answer.code, model.code))
            assert came != due, (answer.label, replay)

    def test_an_attack_that_is_right_is_harmless_where_reads_are_fenced(self):
        question = ASKED["04.lost_update"]
        for answer in written(question, "redis_lock"):
            [script] = answer.names(question)
            if answer.outcome == "right":
                assert leases.scenario(workers=2).run(script).violated is None

    def test_a_write_that_comes_twice_is_no_attack_even_where_fenced_reads_would_help(self):
        script = [Duplicate("ann>counter#2", after=3)]
        assert leases.scenario(workers=2).run(script).violated is None
        assert ASKED["04.lost_update"].judge([script]).message_id == "written-twice"

    def test_an_error_in_a_script_is_told_by_its_line(self):
        def release(key, token):
            return (yield ("EVAL", "return 1 =", 1, key, token))

        said = ASKED["04.release"].judge([release]).sentence
        assert "error: line 1 of the script: " in said
        assert "user_script" not in said

    def test_the_librarys_own_classes_are_right_answers(self):
        assert ASKED["04.keep_alive"].judge([locks.Renewal]).outcome == "right"
        assert ASKED["04.fenced"].judge([locks.FencedResource]).outcome == "right"

    def test_what_the_right_answers_say_of_the_full_lock_is_so(self):
        trace = leases.scenario(workers=3).run([Delay("ann>lock#2", by=7)])
        assert trace.violated is None
        assert any(event.id == "ann>lock#2" and event.time > 11 for event in trace.events)
        trace = leases.scenario(workers=2).run([Delay("ann>counter#2", by=8)])
        assert trace.violated is None
        assert ("ann", "was refused") in trace.reports

    def test_the_examples_of_the_exercise_are_so(self):
        space = {}
        exec(built(ASKED["04.validity"], "solutions").code, space)
        assert space["validity"](10, 0, [True, True, True, False, None], 0.5) == pytest.approx(9.398)
