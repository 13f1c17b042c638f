"""The partition lab's script on a blank page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from stand import Stand, standing

from course_lib.labs import PartitionLab
from course_lib.sim import Crash, Delay, Drop, Network, Node, Partition, Pause, Scenario

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@dataclass(frozen=True)
class Ping:
    number: int


class Asker(Node):
    def on_start(self) -> None:
        self.asked = 0
        if self.name == "a":
            self.ask()

    def ask(self) -> None:
        self.asked += 1
        for peer in self.peers:
            self.send(peer, Ping(self.asked))

    def on_message(self, sender: str, message: object) -> None:
        if self.name != "a":
            self.send(sender, message)
        elif self.asked < 4:
            self.ask()


def few(world: object) -> object:
    asked = getattr(world.nodes["a"], "asked", 0)  # type: ignore[attr-defined]
    return True if asked < 4 else "a asked four times"


def scenario(**options: object) -> Scenario:
    system = {"a": Asker, "b": Asker, "c": Asker}
    return Scenario(system, network=Network(jitter=0.005), until=2.0, **options)  # type: ignore[arg-type]


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, PartitionLab(scenario())) as stand:
        yield stand


def press(stand: Stand, name: str, times: int = 1) -> None:
    for _ in range(times):
        stand.page.get_by_role("button", name=name, exact=True).click()


def clock(stand: Stand) -> str:
    return stand.page.locator(".clock").inner_text()


def go(stand: Stand, passed: int) -> None:
    stand.page.get_by_role("slider", name="Time").fill(str(passed))


def test_stepping_and_scrubbing_need_no_python(stand: Stand) -> None:
    count = len(stand.lab.frame["moments"])
    assert clock(stand) == f"0 s · 0 of {count}"
    press(stand, "Step", 4)
    assert clock(stand) == f"0 s · 4 of {count}"
    expect(stand.page.locator(".now")).to_have_text(stand.lab.frame["moments"][3]["words"])
    press(stand, "Step back")
    assert f"3 of {count}" in clock(stand)
    go(stand, count)
    assert f"{count} of {count}" in clock(stand)
    expect(stand.page.get_by_role("button", name="Step", exact=True)).to_be_disabled()
    assert stand.sent == []


def test_the_keyboard_steps_and_the_notebook_hears_nothing(stand: Stand) -> None:
    stand.page.locator(".diagram").focus()
    for key, passed in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 99), ("Home", 0)):
        stand.page.keyboard.press(key)
        assert f" {min(passed, len(stand.lab.frame['moments']))} of" in clock(stand)
    stand.page.keyboard.press("b")
    assert stand.page.evaluate("lab.pressed") == []
    stand.page.keyboard.press("Escape")
    assert stand.page.evaluate("lab.pressed") == ["Escape"]


def test_space_plays_and_stops(stand: Stand) -> None:
    stand.page.locator(".diagram").focus()
    stand.page.keyboard.press("Space")
    expect(stand.page.get_by_role("button", name="Stop")).to_be_visible()
    expect(stand.page.locator(".now")).not_to_have_text("Nothing has happened yet.")
    stand.page.keyboard.press("Space")
    expect(stand.page.get_by_role("button", name="Play")).to_be_visible()
    stopped = clock(stand)
    assert clock(stand) == stopped and stand.sent == []


def test_who_wants_no_motion_sees_moment_after_moment(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stand = Stand(page, PartitionLab(scenario()))
    press(stand, "Play")
    expect(page.locator(".now")).not_to_have_text("Nothing has happened yet.")
    press(stand, "Stop")


def test_messages_on_their_way_are_dots_on_the_map(stand: Stand) -> None:
    sent = [message["sent"] for message in stand.lab.frame["messages"][:2]]
    go(stand, max(sent) + 1)
    expect(stand.page.locator(".flight")).to_have_count(2)
    expect(stand.page.locator(".map svg")).to_have_attribute("aria-label", "3 nodes.    On their way: "
        "a>b#1 Ping(number=1), a>c#1 Ping(number=1).")  # fmt: skip
    go(stand, len(stand.lab.frame["moments"]))
    expect(stand.page.locator(".flight")).to_have_count(0)


def test_a_node_is_crashed_at_the_cursor_and_started_again(stand: Stand) -> None:
    go(stand, 6)
    stand.page.get_by_role("radio", name="b").check(force=True)
    press(stand, "Crash")
    assert stand.sent[-1]["with"] == {"node": "b", "after": 6}
    stand.answer()
    (crash,) = stand.lab.faults  # type: ignore[attr-defined]
    assert isinstance(crash, Crash)
    expect(stand.page.locator(".map .node[data-node=b]")).to_have_attribute("data-state", "down")
    expect(stand.page.locator(".card[data-card=b] i")).to_have_text("down")
    expect(stand.page.locator(".faults code")).to_have_text(repr(crash))
    expect(stand.page.get_by_role("button", name="Crash", exact=True)).to_be_disabled()
    stand.page.get_by_role("slider", name="Time").press("ArrowRight")
    press(stand, "Restart")
    stand.answer()
    assert stand.lab.faults[0].until is not None  # type: ignore[attr-defined]
    expect(stand.page.locator(".map .node[data-node=b]")).to_have_attribute("data-state", "up")


def test_a_node_is_paused_and_resumed(stand: Stand) -> None:
    go(stand, 6)
    press(stand, "Pause")
    stand.answer()
    expect(stand.page.locator(".map .node[data-node=a]")).to_have_attribute("data-state", "paused")
    press(stand, "Resume")
    stand.answer()
    (pause,) = stand.lab.faults or (None,)  # type: ignore[attr-defined]
    assert pause is None or isinstance(pause, Pause)


def test_a_click_on_a_link_cuts_it_and_a_second_heals_it(stand: Stand) -> None:
    go(stand, 6)
    link = stand.page.locator(".link[data-from=a][data-to=b]")
    link.locator("path").first.dispatch_event("click")
    stand.answer()
    (partition,) = stand.lab.faults  # type: ignore[attr-defined]
    assert isinstance(partition, Partition) and partition.groups == (frozenset("a"), frozenset("b"))
    expect(link).to_have_class("link cut")
    stand.page.get_by_role("slider", name="Time").press("ArrowRight")
    link.locator("path").first.dispatch_event("click")
    stand.answer()
    expect(link).to_have_class("link")


def test_a_group_is_cut_off_and_healed(stand: Stand) -> None:
    go(stand, 6)
    expect(stand.page.get_by_role("button", name="Cut", exact=True)).to_be_disabled()
    stand.page.get_by_role("checkbox", name="c").check()
    press(stand, "Cut")
    stand.answer()
    (partition,) = stand.lab.faults  # type: ignore[attr-defined]
    assert partition.groups == (frozenset("c"), frozenset("ab"))
    expect(stand.page.locator(".link.cut")).to_have_count(2)
    press(stand, "Heal all")
    assert stand.sent[-1]["do"] == "heal"


def test_a_message_clicked_in_the_diagram_is_dropped_or_delayed(stand: Stand) -> None:
    stand.page.locator(".diagram [data-message='a>b#1'] text").first.click()
    expect(stand.page.get_by_role("combobox", name="Message")).to_have_value("a>b#1")
    press(stand, "Drop")
    stand.answer()
    assert stand.lab.faults == (Drop("a>b#1"),)  # type: ignore[attr-defined]
    expect(stand.page.locator(".diagram [data-message='a>b#1'][data-fate=lost]").first).to_be_attached()
    stand.page.get_by_role("combobox", name="Message").select_option("a>c#1")
    stand.page.get_by_role("spinbutton", name="Seconds of delay").fill("0.25")
    press(stand, "Delay")
    stand.answer()
    assert stand.lab.faults[1] == Delay("a>c#1", by=0.25)  # type: ignore[attr-defined]


def test_undo_redo_and_removing_one_fault(stand: Stand) -> None:
    for id in ("a>b#1", "a>c#1"):
        stand.page.get_by_role("combobox", name="Message").select_option(id)
        press(stand, "Drop")
        stand.answer()
    stand.page.get_by_role("button", name="Remove Drop('a>b#1')").click()
    stand.answer()
    assert stand.lab.faults == (Drop("a>c#1"),)  # type: ignore[attr-defined]
    press(stand, "Undo")
    stand.answer()
    expect(stand.page.locator(".faults li")).to_have_count(2)
    press(stand, "Redo")
    stand.answer()
    expect(stand.page.locator(".faults li")).to_have_count(1)


def test_another_seed_and_the_script_as_code(stand: Stand) -> None:
    seed = stand.page.get_by_role("textbox", name="Seed")
    seed.fill("12")
    seed.press("Enter")
    stand.answer()
    assert stand.lab.seed == 12  # type: ignore[attr-defined]
    stand.page.get_by_role("combobox", name="Message").select_option("a>b#1")
    press(stand, "Drop")
    stand.answer()
    press(stand, "Copy as code")
    expect(stand.page.get_by_role("textbox", name="The faults as Python")).to_have_value("[Drop('a>b#1')]")


def test_what_is_refused_is_told_and_the_cursor_stays(stand: Stand) -> None:
    go(stand, 5)
    seed = stand.page.get_by_role("textbox", name="Seed")
    stand.page.evaluate("lab.model.send({ number: 77, do: 'drop', with: { message: 'a>b#99' } })")
    stand.answer()
    expect(stand.page.get_by_role("status")).to_contain_text("Drop('a>b#99') names nothing")
    expect(stand.page.get_by_role("status")).to_have_class("status problem")
    assert " 5 of" in clock(stand)
    expect(seed).to_have_value("0")


def test_an_invariant_goes_out_at_the_moment_it_broke(page: Page) -> None:
    stand = Stand(page, PartitionLab(scenario(invariants=[few])))
    light = page.locator(".lights li")
    expect(light).to_contain_text("few holds until")
    expect(light).not_to_have_class("broken")
    go(stand, len(stand.lab.frame["moments"]))
    expect(light).to_have_class("broken")
    expect(light).to_contain_text("few breaks at")
    expect(light.locator("b")).to_have_text("✗")


def test_what_just_changed_at_a_node_is_marked(stand: Stand) -> None:
    states = [state for state in stand.lab.frame["states"] if state["node"] == "a"]
    go(stand, states[1]["passed"])
    changed = stand.page.locator(".card[data-card=a] tr.changed")
    expect(changed).to_have_text("asked2")
    press(stand, "Step")
    expect(stand.page.locator(".card[data-card=a] tr.changed")).to_have_count(0)


def test_a_found_trace_can_only_be_stepped_through(page: Page) -> None:
    system = scenario(invariants=[few])
    stand = Stand(page, PartitionLab(system, trace=system.explore().counterexample))
    expect(page.locator(".reasons")).to_contain_text("found by exploration")
    for name in ("Crash", "Pause", "Drop", "Cut", "Undo", "Copy as code"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    count = len(stand.lab.frame["moments"])
    expect(page.locator(".clock")).to_contain_text(f"{count} of {count}")
    press(stand, "Step back")
    assert f"{count - 1} of {count}" in clock(stand)


def test_the_still_picture_hides_while_the_lab_lives(stand: Stand) -> None:
    expect(stand.page.locator("#still")).to_be_hidden()
    stand.page.evaluate("lab.dispose()")
    expect(stand.page.locator("#still")).to_be_visible()


def test_a_message_half_way_in_time_is_half_way_on_its_link(stand: Stand) -> None:
    frame = {
        "moments": [{"time": 0.0}, {"time": 1.0}, {"time": 2.0}, {"time": 2.0}],
        "messages": [{"sent": 0, "end": 2}, {"sent": 2, "end": 3}, {"sent": 1, "end": None}],
    }
    ways = stand.page.evaluate(
        "(frame) => [1, 2, 2.5, 3, 3.5].map((at) => lab.module.flying(frame, at).map(({ way }) => way))",
        frame,
    )
    assert ways == [[0], [0.5, 0.5], [0.75, 0.5], [0, 0.5], [0.5, 0.5]]
