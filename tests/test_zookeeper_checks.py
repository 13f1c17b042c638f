"""The worlds of chapter 05's checks: the service as a node beside the model of ZooKeeper, and what they must show."""

import random
import subprocess
import sys

import pytest
from answers import built, written
from kazoo.exceptions import NoNodeError

from course_lib.checks import questions
from course_lib.checks.zookeeper_lock.contest import contest, wake_ups
from course_lib.checks.zookeeper_lock.entrance import entrance
from course_lib.checks.zookeeper_lock.leaders import leaders
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss, NoNode, read, run
from course_lib.checks.zookeeper_lock.service import Ask, Event, Refusal, Reply, Service
from course_lib.checks.zookeeper_lock.turns import STORIES, turns
from course_lib.locks.znodes import ZNodeServer
from course_lib.pictures import spacetime
from course_lib.sim import Delay, Drop, Network, Node, Partition, Pause, Scenario


@pytest.fixture(scope="module")
def model():
    """The model answers by their names."""
    asked = {question.id: question for question in questions("05")}
    found = {}
    for question in asked.values():
        found |= dict(zip(question.names, built(question, "solutions").names(question), strict=True))
    return found


class Sender(Node):
    """Sends its requests, a second apart, and keeps what comes."""

    def __init__(self, first, requests):
        self.first, self.requests = first, requests

    def on_start(self):
        self.came = []
        self.sent = 0
        self.set_timer("next", self.first)

    def on_timer(self, name):
        if self.sent < len(self.requests):
            self.send("zookeeper", Ask(self.sent, self.requests[self.sent]))
            self.sent += 1
            self.set_timer("next", 1)

    def on_message(self, sender, message):
        match message:
            case Reply(number, value):
                self.came.append((number, list(value) if isinstance(value, tuple) else value))
            case Refusal(number, _):
                self.came.append((number, "no node"))
            case Event(path):
                self.came.append(("event", path))


def by_chance(seed):
    """What two clients ask, in turns."""
    chance, names = random.Random(seed), [f"/lock/{who}-{n:010d}" for n in range(5) for who in ("ann", "bob")]
    kinds = [
        lambda who: ("create", f"/lock/{who}-"),
        lambda who: ("children", "/lock", *chance.choice(((), ("watch",)))),
        lambda who: ("exists", chance.choice(names), *chance.choice(((), ("watch",)))),
        lambda who: ("delete", chance.choice(names)),
        lambda who: ("create", f"/other/{who}-"),
    ]
    return {
        who: tuple(chance.choice(kinds[: 4 + (chance.random() < 0.2)])(who) for _ in range(12))
        for who in ("ann", "bob")
    }


def on_the_model(asked):
    """What ZooKeeper's model gives for the same."""
    server = ZNodeServer()
    clients = {who: server.client() for who in asked}
    clients["ann"].ensure_path("/lock")
    came = {who: [] for who in asked}
    hears = {
        who: lambda event, heard=heard: heard.append(("event", event.path)) for who, heard in came.items()
    }

    def carried_out(who, words):
        client = clients[who]
        watch = {"watch": hears[who]} if words[2:] else {}
        match words:
            case ("create", path):
                return client.create(path, ephemeral=True, sequence=True).rpartition("/")[2]
            case ("children", path, *_):
                return client.get_children(path, **watch)
            case ("exists", path, *_):
                return client.exists(path, **watch) is not None
            case ("delete", path):
                return client.delete(path) and None

    for number in range(12):
        for who, requests in asked.items():
            try:
                reply = carried_out(who, requests[number])
            except NoNodeError:
                reply = "no node"
            came[who].append((number, reply))
    return came


@pytest.mark.parametrize("seed", range(40))
def test_the_service_answers_as_the_model_of_zookeeper_does(seed):
    asked = by_chance(seed)
    nodes = {"zookeeper": lambda: Service("/lock")}
    nodes |= {"ann": lambda: Sender(0.0, asked["ann"]), "bob": lambda: Sender(0.5, asked["bob"])}
    trace = Scenario(nodes, network=Network(fifo=True)).run()
    assert {who: trace.nodes[who].came for who in asked} == on_the_model(asked)


class TestRunningOnAClient:
    def test_two_take_the_lock_one_after_the_other(self, model):
        server = ZNodeServer()
        ann, bob = server.client(), server.client()
        ann.ensure_path("/lock")
        mine = run(ann, model["acquire"]("/lock", "ann", None))
        assert run(bob, model["acquire"]("/lock", "bob", 3.0)) is None
        assert (server.now, ann.get_children("/lock")) == (3.0, [mine])
        run(ann, model["release"]("/lock", mine))
        assert run(bob, model["acquire"]("/lock", "bob", 3.0)) == "bob-0000000002"

    def test_a_lost_reply_is_raised_at_the_yield(self, model):
        client = ZNodeServer().client()
        client.ensure_path("/lock")
        client.lose_reply()
        assert run(client, model["enter"]("/lock", "ann")) == "ann-0000000000"
        client.lose_request()

        def hasty():
            yield ("create", "/lock/bob-")

        with pytest.raises(ConnectionLoss, match="or it was not"):
            run(client, hasty())

    def test_what_is_not_there_and_what_is_no_generator_are_told(self, model):
        client = ZNodeServer().client()
        with pytest.raises(NoNode, match="/lock"):
            run(client, model["release"]("/lock", "ann-0000000000"))
        with pytest.raises(TypeError, match="yield the requests"):
            run(client, ["children", "/lock"])

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("children", "each in a tuple"),
            (("get", "/lock"), "create, children"),
            (("children",), "'children', path"),
            (("create", "/lock/a-", "watch"), "'create', path"),
            (("exists", "ann-1"), "'/lock/ann-1'"),
            (("wait", "long"), "'wait', seconds"),
            (("wait", -1), "'wait', seconds"),
        ],
    )
    def test_what_is_no_request_is_told_with_the_remedy(self, asked, said):
        with pytest.raises(ValueError, match=said):
            read(asked)


class TestWorlds:
    def test_every_order_of_three_is_tried(self, model):
        acquire, release = model["acquire"], model["release"]
        found = contest(acquire, release, {"ann": {}, "bob": {}}, before={"old": 3.0}).explore()
        assert (found.ok, found.states) == (True, 1064)
        found = contest(acquire, release, {"bob": {"dies": 3.0}, "ann": {}}).explore()
        assert (found.ok, found.states) == (True, 708)

    def test_thirty_are_woken_once_each(self, model):
        plans = {f"c{number}": {"arrives": number / 10} for number in range(1, 31)}
        trace = contest(model["acquire"], model["release"], plans).run()
        assert wake_ups(trace) == 29

    def test_a_run_is_the_same_each_time(self, model):
        plans = {"cem": {}, "bob": {"arrives": 1.0, "patience": 2.0}, "ann": {"arrives": 2.0, "dies": 5.0}}
        world = contest(model["acquire"], model["release"], plans)
        first = world.run()
        world.explore()
        assert world.run().to_text() == first.to_text()

    def test_losses_are_tried_everywhere(self, model):
        found = entrance(model["enter"], {"anna": 1.0}).explore(losses=1, timeouts=2)
        assert found.ok

    def test_what_makes_two_leaders_does_no_harm_behind_a_fence(self, model):
        script = model["script"]
        assert leaders().run(script).violated == "no_leader_too_many"
        trace = leaders(fenced=True).run(script)
        assert trace.violated is None
        assert ("store", "refuses a write of ann") in trace.reports

    @pytest.mark.parametrize("at", [0.0, 0.3, 0.7, 1.005, 1.015, 2.02, 3.5])
    def test_any_moment_does_for_a_long_pause(self, at):
        trace = leaders().run([Pause("ann", at=at + 2, until=at + 14)])
        assert trace.violated == "no_leader_too_many"

    def test_a_session_ends_and_its_holder_does_not_know(self, model):
        plans = {"ann": {"expires": 2.0}, "bob": {"arrives": 1.0}}
        trace = contest(model["acquire"], model["release"], plans).run()
        said = [(event.node, event.message) for event in trace.events if event.kind == "report"]
        assert said == [
            ("ann", "has the lock"),
            ("ann", "its session ends"),
            ("bob", "has the lock"),
            ("ann", "gave it back"),
            ("bob", "gave it back"),
        ]

    def test_who_looks_on_is_stopped_and_who_waits_longer_each_time_is_not(self):
        def looks_on(path, me):
            while me not in (yield ("children", path)):
                yield ("wait", 0)

        def waits_longer(path, me):
            for attempt in range(11):
                try:
                    return (yield ("create", f"{path}/{me}-"))
                except ConnectionLoss:
                    yield ("wait", 2**attempt)

        trace = entrance(looks_on).run()
        assert (trace.violated, trace.reason) == (
            "comes_to_an_end",
            "after 100 requests and waits ann is not done",
        )
        trace = entrance(waits_longer).run([Drop(f"ann>zookeeper#{number}") for number in range(1, 11)])
        assert (trace.violated, trace.nodes["ann"].got) == (None, "ann-0000000000")


class TestTheAttack:
    @pytest.fixture
    def attack(self):
        return next(question for question in questions("05") if question.id == "05.break_it")

    def test_a_script_that_harms_nobody_earns_nothing(self, attack):
        scripts = [answer.names(attack) for answer in written(attack, "zookeeper_lock")]
        verdicts = [(leaders_harmed(*names), attack.judge(names).points) for names in scripts]
        assert {points for harmed, points in verdicts if not harmed} == {0}
        assert {points for harmed, points in verdicts if harmed} == {1, 2, 3}

    @pytest.mark.parametrize(
        ("script", "shown"),
        [
            (
                [Pause("ann", at=3, until=15), Partition({"ann"}, {"store"}, at=14, until=17)],
                "ann&gt;store#3",
            ),
            ([Pause("ann", at=3, until=40)], "the session of ann ends"),
            ([Delay("ann>store#3", by=20)], "ann&gt;store#3"),
        ],
    )
    def test_the_drawing_shows_the_moment_that_decides(self, attack, script, shown):
        assert shown in attack.judge([script]).picture

    def test_behind_a_fence_the_late_write_is_drawn_around_the_moment_of_waking(self, model):
        trace = leaders(fenced=True).run(model["script"])
        assert "refuses a write of ann" in spacetime(trace, around=15).svg


def leaders_harmed(script):
    try:
        return leaders().run(script).violated is not None
    except (TypeError, ValueError):  # no script, or one that names nothing
        return False


class TestTurns:
    def test_the_line_to_try_is_short_and_can_be_pasted(self, model):
        (question,) = (question for question in questions("05") if question.id == "05.fence")
        wrong = [answer for answer in written(question, "zookeeper_lock") if answer.outcome == "wrong"]
        for answer in wrong:
            (fence,) = answer.names(question)
            result = question.judge([fence])
            assert len(result.replay) < 90
            found = eval(result.replay, {"fence": fence, "turns": turns})
            right = eval(result.replay, {"fence": model["fence"], "turns": turns})
            assert found != right

    def test_the_model_gives_growing_numbers_in_every_story(self, model):
        for story in STORIES:
            found = [model["fence"](*turn) for turn in turns(story)]
            assert found == sorted(found)
            assert len(set(found)) == len({mine for _, mine in turns(story)})

    def test_an_unknown_story_is_told_with_those_that_there_are(self):
        with pytest.raises(ValueError, match="'alone in the folder'"):
            turns("alone")


def test_the_checks_load_without_a_client_of_zookeeper():
    program = (
        "import sys; from course_lib.checks import questions; questions('05'); "
        "print([m for m in ('kazoo', 'redis', 'fakeredis') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
