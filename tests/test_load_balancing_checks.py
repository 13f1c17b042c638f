"""The checks of chapter 09: what a policy sees, that what they say can be tried, and model answers in `simulate`."""

from dataclasses import dataclass, replace

import pytest
from answers import built, written

from course_lib.balancing import (
    Backend,
    PowerOfTwoChoices,
    RandomChoice,
    SmoothWeightedRoundRobin,
    simulate,
)
from course_lib.checks.load_balancing import QUESTIONS
from course_lib.checks.load_balancing.break_it import SEEDS, is_worse
from course_lib.checks.load_balancing.calling import answered, play
from course_lib.checks.load_balancing.choosing import exact
from course_lib.checks.load_balancing.given import Request, Server, busy, weighing
from course_lib.checks.load_balancing.racing import NoLoad, of_load, race, shares
from course_lib.checks.load_balancing.sending import REQUESTS, sent
from course_lib.checks.plain import Failed, plain
from course_lib.labs import BalancerLab

BY_NAME = {question.id.partition(".")[2]: question for question in QUESTIONS}
TEN = [1] * 10


def model(name):
    """The model answers to a question."""
    return built(BY_NAME[name], "solutions").names(BY_NAME[name])


def wrong(name):
    return [answer for answer in written(BY_NAME[name], "load_balancing") if answer.outcome == "wrong"]


class TestWhatAPolicySees:
    def test_a_server_crosses_as_a_copy(self):
        [copy] = plain([Server(3, outstanding=2)], "")
        assert copy == Server(3, outstanding=2)
        assert repr(copy) == "Server(index=3, outstanding=2)"
        assert plain(Request(2.5), "") == Request(2.5)

    def test_what_only_looks_like_one_does_not(self):
        @dataclass(frozen=True)
        class Sly(Server):
            def __eq__(self, other):
                return True

        with pytest.raises(Failed, match="it gave a Sly"):
            plain(Sly(3), "")

    def test_nothing_can_be_kept_on_it(self):
        with pytest.raises(AttributeError):
            Server(0).credit = 5

    def test_it_is_a_server_of_the_simulation(self):
        seen = []

        class Looks:
            def choose(self, servers, request):
                seen.append((servers[1].index, servers[1].outstanding, servers[1].weight, request.time))
                return 1

        simulate(Looks(), servers=[1, 3], rate=1, requests=5)
        assert {(index, weight) for index, _, weight, _ in seen} == {(1, 3)}


class TestModels:
    def test_smooth_chooses_as_the_library_does(self):
        [smooth] = model("smooth")
        ours, theirs = smooth(), SmoothWeightedRoundRobin()
        for servers in [weighing(5, 1, 1)] * 9 + [weighing(2, 3)] * 5 + [weighing(2, 3, 4)] * 20:
            assert ours.choose(servers, Request()) == theirs.choose(servers, Request())

    def test_two_choices_are_as_good_as_the_library_s(self):
        [two] = model("two")
        setting = {"servers": 20, "rate": 18, "requests": 40_000}
        ours, theirs = simulate(two(1), **setting), simulate(PowerOfTwoChoices(1), **setting)
        assert ours.mean == pytest.approx(theirs.mean, rel=0.1)
        assert ours.latency(0.99) < simulate(RandomChoice(1), **setting).latency(0.99) / 3

    def test_peak_ewma_sheds_a_slow_server(self):
        [ewma] = model("ewma")
        slow = [Backend(speed=0.1), *[Backend()] * 4]
        run = simulate(ewma(10.0, 1.0), servers=slow, rate=3, requests=5_000)
        assert 0.002 < (run.chosen == 0).mean() < 0.05

    def test_ejection_closes_a_black_hole(self):
        [ejection] = model("eject")
        run = simulate(
            ejection(5, 0.5, 100.0, 0.5),
            servers=[Backend(errors=1), *[Backend()] * 4],
            rate=3,
            requests=5_000,
        )
        assert 0 < run.errors < 0.03

    def test_two_choices_play_in_the_lab(self):
        [two] = model("two")
        assert "TwoChoices" in repr(BalancerLab("random", two)._repr_mimebundle_())


class TestSharesOfTwoChoices:
    @pytest.mark.parametrize("loads", [(3, 1), (4, 0, 3, 1, 2), (2, 2, 2), (0, 0, 1, 1)])
    def test_all_shares_make_one(self, loads):
        assert sum(exact(loads, True, 0, place) for place in range(len(loads))) == pytest.approx(1)

    @pytest.mark.parametrize("seed", range(6))
    def test_a_right_policy_stays_well_within_the_tolerance(self, seed):
        [two] = model("two")
        loads = (4, 0, 3, 1, 2)
        places = sent(lambda _: two(seed), loads)
        for place in range(len(loads)):
            share = places.count(place) / REQUESTS
            assert share == pytest.approx(exact(loads, True, 0, place), abs=0.045)


class TestLoads:
    def test_what_is_left_out_is_filled_in(self):
        load = dict(of_load({"speeds": [1, 2], "rate": 1}))
        assert load == {"speeds": (1, 2), "rate": 1, "work": 1.0, "refresh": 0.0, "fails": ()}

    def test_how_busy_servers_are_with_equal_shares(self):
        load = {"speeds": [1, 2, 1], "rate": 1.5, "work": [1, 2], "fails": [2]}
        assert shares(load) == pytest.approx([0.75, 0.375, 0])

    @pytest.mark.parametrize(
        ("load", "said"),
        [
            ("fast", "a load is a dict"),
            ({"speeds": TEN}, "'rate' is missing"),
            ({"speeds": TEN, "rate": 1, "rho": 1}, "no 'rho'"),
            ({"speeds": [1], "rate": 1}, "2 to 50 servers"),
            ({"speeds": 3, "rate": 1}, "'speeds'"),
            ({"speeds": TEN, "rate": True}, "'rate'"),
            ({"speeds": TEN, "rate": float("nan")}, "'rate'"),
            ({"speeds": TEN, "rate": 1, "work": []}, "'work'"),
            ({"speeds": TEN, "rate": 1, "work": [1, -1]}, "'work'"),
            ({"speeds": TEN, "rate": 1, "refresh": -1}, "'refresh'"),
            ({"speeds": TEN, "rate": 1, "refresh": float("inf")}, "'refresh'"),
            ({"speeds": TEN, "rate": 1, "fails": [10]}, "'fails'"),
            ({"speeds": TEN, "rate": 1, "fails": 3}, "'fails'"),
            ({"speeds": [1, 1], "rate": 1, "fails": [0, 1]}, "somebody has to answer"),
        ],
    )
    def test_what_is_no_load_is_named(self, load, said):
        with pytest.raises(NoLoad, match=said):
            of_load(load)

    @pytest.mark.parametrize("seed", SEEDS)
    def test_each_trap_catches_one_and_not_the_others(self, seed):
        rhythm = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
        old = {"speeds": TEN, "rate": 9, "refresh": 20}
        older = {"speeds": TEN, "rate": 9, "refresh": 150}
        hole = {"speeds": TEN, "rate": 8.9, "fails": [3]}
        caught = {
            ("round robin", "rhythm"): rhythm,
            ("least request", "old"): old,
            ("least request", "older"): older,
            ("two choices", "older"): older,
            ("least request", "hole"): hole,
        }
        for name, load in {"rhythm": rhythm, "old": old, "older": older, "hole": hole}.items():
            for policy in ("round robin", "least request", "two choices"):
                assert is_worse(policy, of_load(load), seed) == ((policy, name) in caught)

    def test_what_the_lesson_prints_of_two_choices_is_not_enough(self):
        printed = {"speeds": [1] * 50, "rate": 45, "refresh": 50}
        assert not any(is_worse("two choices", of_load(printed), seed) for seed in SEEDS)

    @pytest.mark.parametrize("policy", ["round robin", "two choices"])
    def test_a_time_that_rounds_to_nothing_is_compared_all_the_same(self, policy):
        fast = {"speeds": [1e6] * 4, "rate": 1e3}
        assert not is_worse(policy, of_load(fast), 0)
        assert 0 < race(fast)["random"]["mean"] < 0.00001

    def test_more_load_alone_is_never_worse_than_chance(self):
        for rate in (1, 3, 5, 7, 9):
            told = race({"speeds": TEN, "rate": rate})
            assert told["least request"]["mean"] <= told["round robin"]["mean"] <= told["random"]["mean"]


def test_answers_are_told_in_signs():
    heard = []

    class Hears:
        def finished(self, server, took, ok, now):
            heard.append((server.index, took, ok, now))

    answered(Hears(), 2, 7, "+-")
    assert heard == [(2, 1.0, True, 7), (2, 1.0, False, 7)]
    assert play(lambda: Hears(), (), [("answered", 1, 5, "-")]) == []


# What differs from run to run, by definition; and what two balancers do to each other.
NOT_REPEATED = (
    "not-repeatable",
    "one-for-all",
    "not-a-load",
    "even-number",
    "too-much",
    "slow-server",
    "by-luck",
)


@pytest.mark.parametrize("name", BY_NAME)
def test_what_a_check_says_can_be_tried_and_differs_from_the_right_answer(name):
    question = replace(BY_NAME[name], seconds=4)
    right, given = model(name), built(question, "solutions").given
    for answer in wrong(name):
        if answer.message_id in NOT_REPEATED:
            continue
        result = question.judge(answer.names(question))
        came = []
        for names in (answer.names(question), right):
            space = {}
            exec(given, space)
            space |= dict(zip(question.names, names, strict=True))
            *before, last = result.replay.split("; ")
            try:
                exec("; ".join(before), space)
                came.append(eval(last, space))
            except Exception as error:
                came.append(repr(error))
        assert came[0] != came[1], (answer.label, result.replay)


def test_a_busy_list_is_written_as_it_is_made():
    assert busy(0, 4) == [Server(0, 0), Server(1, 4)]
