"""The lock lab without a browser: what each act does to the run, and what it refuses."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest

from course_lib.labs import LockLab
from course_lib.labs.guard import Refused
from course_lib.labs.lock_model import LockModel
from course_lib.labs.lock_setting import FENCING, PARTS, Setting
from course_lib.pictures.lease import WIDE


def model(**setting: Any) -> LockModel:
    return LockModel(Setting(**setting))


def test_a_pause_longer_than_the_lease_makes_two_holders_and_loses_an_update() -> None:
    lab = LockLab()
    assert [one.workers for one in lab.both_believe] == [("ann", "bob")]
    assert (lab.value, lab.writes) == (1, 2)
    assert lab.model.status == "Two believe at once, and an update is lost."


def test_fencing_does_not_end_the_belief_but_the_harm() -> None:
    lab = LockLab()
    lab.act("set_fencing", to="reads and writes")
    assert lab.both_believe and (lab.value, lab.writes) == (1, 1)
    assert lab.model.status == (
        "fencing reads and writes: two believe at once, ann's late write is refused, and no update is lost."
    )


def test_fenced_writes_alone_still_lose_an_update_where_the_next_has_read_but_not_written() -> None:
    lab = LockLab(pause=(2, 12), fencing="writes")
    assert (lab.value, lab.writes) == (1, 2)
    lab.act("set_fencing", to="reads and writes")
    assert (lab.value, lab.writes) == (1, 1)


def test_a_longer_lease_or_a_shorter_pause_keeps_the_holders_apart() -> None:
    for act in ({"do": "set_ttl", "seconds": 20}, {"do": "set_pause", "at": 2, "until": 6}):
        lab = LockLab()
        lab.act(**act)  # type: ignore[arg-type]
        assert not lab.both_believe and (lab.value, lab.writes) == (2, 2)


def test_work_longer_than_the_lease_is_late_without_any_pause() -> None:
    lab = LockLab(pause=None)
    assert not lab.both_believe
    lab.act("set_ttl", seconds=2.5)
    assert lab.both_believe
    lab.act("set_work", seconds=1)
    assert not lab.both_believe


def test_ann_pauses_again_as_she_did_last() -> None:
    lab = model(pause=(1, 13))
    lab.act("pauses", on=False)
    assert lab.setting.pause is None and "ann does not pause" in lab.status
    lab.act("pauses", on=True)
    assert lab.setting.pause == (1, 13)
    never = model(pause=None)
    never.act("pauses", on=True)
    assert never.setting.pause == (2, 15)


@pytest.mark.parametrize(
    "setting, words",
    [
        ({"ttl": -1}, "The TTL is a number of seconds from 0.1 to 30, not -1"),
        ({"ttl": 0}, "from 0.1 to 30, not 0"),
        ({"ttl": "10"}, "not '10'"),
        ({"ttl": None}, "not None"),
        ({"ttl": True}, "not True"),
        ({"ttl": math.nan}, "not nan"),
        ({"work": 11}, "The work is a number of seconds from 0 to 10, not 11"),
        ({"work": -0.5}, "not -0.5"),
        ({"pause": (9, 3)}, "The pause ends at 3 s; it begins at 9 s"),
        ({"pause": (3, 3)}, "takes 0.1 s or more"),
        ({"pause": (-1, 3)}, "The pause's beginning is a number of seconds from 0 to 30, not -1"),
        ({"pause": (1, 31)}, "Its end is a number of seconds from 0 to 30, not 31"),
        ({"pause": 3}, "two times, as .2.0, 15.0., or None, not 3"),
        ({"pause": (1, 2, 3)}, "two times"),
        ({"pause": "15"}, "two times"),
        ({"fencing": "on"}, "Fencing is 'off', 'writes', 'reads and writes', not 'on'"),
        ({"fencing": []}, r"Fencing is .* not \[\]"),
    ],
)
def test_what_the_lab_cannot_play_is_refused_with_its_reason(setting: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        LockLab(**setting)


@pytest.mark.parametrize(
    "do, arguments, words",
    [
        ("set_ttl", {"seconds": -3}, "The TTL is a number of seconds"),
        ("set_work", {"seconds": None}, "The work is a number of seconds"),
        ("set_pause", {"at": 16, "until": 15}, "ends at 15 s; it begins at 16 s"),
        ("set_fencing", {"to": "all"}, "not 'all'"),
        ("drag", {"part": "middle", "to": 3}, "One can move 'ttl', 'pause', 'pause start', 'pause end'"),
        ("drag", {"part": "ttl", "to": "far"}, "to a number of seconds, not 'far'"),
        ("nudge", {"part": "lease", "by": 1}, "not 'lease'"),
        ("nudge", {"part": "ttl", "by": None}, "by a number of seconds, not by None"),
        ("undo", {}, "nothing to undo"),
        ("reset", {}, "as it was first"),
        ("fly", {}, "'fly' is nothing that one can do here"),
        ("set_ttl", {}, "missing 1 required positional argument"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_and_nothing_changes(
    do: str, arguments: dict[str, Any], words: str
) -> None:
    lab = model()
    before = lab.setting, lab.trace
    with pytest.raises(Refused, match=words):
        lab.act(do, **arguments)
    assert (lab.setting, lab.trace) == before and not lab.past


def test_a_pause_that_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(Refused, match="does not pause: tick it first"):
        model(pause=None).act("nudge", part="pause end", by=1)


def test_a_drag_goes_as_far_as_there_is_room_and_is_one_change_to_undo() -> None:
    lab = model()
    end = lab.until
    for to in (14.0, 20.0, 99.0):
        lab.act("drag", part="pause end", to=to)
    assert lab.setting.pause == (2, end) and lab.until == end  # the axis waits for the hand
    lab.act("drop")
    assert lab.until > end
    lab.act("drag", part="pause start", to=99)
    assert lab.setting.pause == (end - 0.1, end)
    lab.act("drop")
    lab.act("undo")
    lab.act("undo")
    assert lab.setting == Setting() and not lab.past


def test_the_whole_pause_moves_and_keeps_its_length() -> None:
    lab = model(pause=(2, 5))
    lab.act("drag", part="pause", to=4.3)
    assert lab.setting.pause == (4.3, 7.3)
    lab.act("drag", part="pause", to=-5)
    assert lab.setting.pause == (0, 3)


def test_the_ttl_is_dragged_within_its_limits() -> None:
    lab = model()
    lab.act("drag", part="ttl", to=-2)
    assert lab.setting.ttl == 0.1
    lab.act("drag", part="ttl", to=99)
    assert lab.setting.ttl == lab.until


def test_a_drag_that_moves_nothing_is_no_change() -> None:
    lab = model()
    lab.act("drag", part="ttl", to=10)
    lab.act("drop")
    assert not lab.past


def test_arrows_move_by_tenths_of_a_second_that_add_up() -> None:
    lab = model()
    for _ in range(3):
        lab.act("nudge", part="ttl", by=0.1)
    assert lab.setting.ttl == 10.3
    lab.act("nudge", part="pause end", by=-1)
    assert lab.setting.pause == (2, 14)
    lab.act("set_ttl", seconds=30)
    with pytest.raises(Refused, match="cannot go further"):
        lab.act("nudge", part="ttl", by=0.1)


def test_reset_goes_back_to_the_first_setting_and_can_be_undone() -> None:
    lab = model(ttl=7)
    lab.act("set_ttl", seconds=12)
    lab.act("set_work", seconds=1)
    lab.act("reset")
    assert lab.setting == Setting(ttl=7)
    lab.act("undo")
    assert (lab.setting.ttl, lab.setting.work) == (12, 1)
    assert lab.status.startswith("Undone: TTL 12 s, work 1 s: ")


@pytest.mark.parametrize("fencing", FENCING)
@pytest.mark.parametrize("pause", [None, (2, 15), (0, 12.5)])
def test_the_code_makes_the_same_run(fencing: str, pause: tuple[float, float] | None) -> None:
    lab = LockLab(ttl=9, work=3, pause=pause, fencing=fencing)
    names: dict[str, Any] = {}
    exec(lab.code(), names)
    assert names["trace"] == lab.trace


def test_the_twin_is_an_image_and_the_live_picture_has_handles() -> None:
    lab = LockLab()
    assert "data-handle" not in lab.picture.svg and 'role="img"' in lab.picture.svg
    live = lab.frame["svg"]
    assert [live.count(f'data-handle="{part}"') for part in PARTS] == [1, 1, 1, 1]
    assert 'role="slider"' in live and 'role="img"' not in live
    lab.act("pauses", on=False)
    assert lab.frame["svg"].count("data-handle") == 1


def test_all_handles_stand_in_the_picture_at_the_limits() -> None:
    for setting in (
        Setting(30, 10, (0, 30)),
        Setting(0.1, 0, (0, 0.1)),
        Setting(30, 0, (29.9, 30)),
        Setting(0.1, 10, None),
    ):
        lab = LockModel(setting)
        drawing = lab.drawing()
        assert max(map(setting.place, PARTS)) < drawing.until
        assert max(map(drawing.x, map(setting.place, PARTS))) + 13 < WIDE


@pytest.mark.parametrize("seed", range(5))
def test_whatever_a_reader_does_the_lab_answers_in_json_and_can_go_back(seed: int) -> None:
    rng = random.Random(seed)
    lab = LockLab()
    for number in range(80):
        part, at = rng.choice(PARTS), round(rng.uniform(-3, 33), 2)
        do, arguments = rng.choice(
            [
                ("set_ttl", {"seconds": rng.choice([at, None, "x"])}),
                ("set_work", {"seconds": at}),
                ("set_pause", {"at": at, "until": round(rng.uniform(-3, 33), 2)}),
                ("set_fencing", {"to": rng.choice([*FENCING, "none"])}),
                ("pauses", {"on": rng.random() < 0.7}),
                ("drag", {"part": part, "to": at}),
                ("drop", {}),
                ("nudge", {"part": part, "by": rng.choice([-1, -0.1, 0.1, 1])}),
                ("undo", {}),
                ("reset", {}),
            ]
        )
        lab._on_act(lab, {"number": number, "do": do, "with": arguments}, [])
        assert lab.frame["number"] == number
        assert "Error" not in lab.frame["status"]
        json.dumps(lab.frame, allow_nan=False)
        assert (lab.value == lab.writes) == ("update is lost" not in lab.picture.text)
    while lab.model.past:
        lab.act("undo")
    assert lab.model.setting == Setting().checked()


def test_a_lab_says_what_it_shows() -> None:
    assert repr(LockLab()) == "<LockLab: Two believe at once, and an update is lost.>"
    assert LockLab().picture.text.startswith("From 10.2 s to 14.3 s ann and bob both believe")
