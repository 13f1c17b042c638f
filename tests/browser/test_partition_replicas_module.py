"""The partition lab's script on replicas: what nodes say of themselves, and lights of a run that goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from stand import Stand, standing

from course_lib.labs import PartitionLab
from course_lib.replication import primary_backup

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

CLIENTS = {
    "ann": (("s1", "s2"), [("write", "x", number) for number in (1, 2, 3, 4)]),
    "bob": (("s2", "s1"), [("read", "x")] * 3),
}


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    scenario = primary_backup.scenario(
        3, mode="async", clients=CLIENTS, until=2.5, think=0.4, timeout=0.3, retries=9
    )
    with standing(page, PartitionLab(scenario, stops=False), height=1300) as stand:
        yield stand


def go(stand: Stand, time: float) -> None:
    """Moves to the last moment until a time."""
    moments = stand.lab.frame["moments"]
    passed = sum(moment["time"] <= time for moment in moments)
    stand.page.get_by_role("slider", name="Time").fill(str(passed))


def said(stand: Stand, node: str) -> Locator:
    return stand.page.locator(f".map .node[data-node={node}] .state text")


def test_a_reader_cuts_the_primary_off_and_heals(stand: Stand) -> None:
    page = stand.page
    go(stand, 0.5)
    expect(said(stand, "s1")).to_have_text("leads view 1")
    for name in ("s1", "ann"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("button", name="Cut", exact=True).click()
    stand.answer()
    go(stand, 1.6)
    expect(said(stand, "s1")).to_have_text("leads view 1")
    expect(said(stand, "s2")).to_have_text("leads view 2")
    expect(page.locator(".card[data-card=s1] h4 i")).to_have_text("leads view 1")
    expect(page.locator(".card[data-card=s1]")).to_contain_text("x=4] of view 1")
    page.get_by_role("button", name="Heal all").click()
    stand.answer()
    go(stand, 2.4)
    expect(said(stand, "s1")).to_have_text("follows s2 in view 3")
    expect(page.locator(".card[data-card=s1]")).not_to_contain_text("x=4")


def test_each_invariant_goes_out_when_it_broke(stand: Stand) -> None:
    stand.lab.act("cut", groups=[["s1", "ann"]], at=0.5)
    stand.page.evaluate("(frame) => lab.answer(frame)", stand.lab.frame)
    lights = stand.page.locator(".lights li")
    for time, lost, linearizable in (
        (0.7, "holds until", "holds until"),
        (1.2, "breaks at", "holds until"),
        (2.0, "breaks at", "breaks at"),
    ):
        go(stand, time)
        expect(lights.nth(0)).to_contain_text(f"nothing_acknowledged_is_lost {lost} 0.91 s")
        expect(lights.nth(1)).to_contain_text(f"linearizable {linearizable} 1.46 s")


def test_who_is_down_is_down_and_says_nothing(stand: Stand) -> None:
    stand.lab.act("crash", node="s1", at=0.3)
    stand.page.evaluate("(frame) => lab.answer(frame)", stand.lab.frame)
    go(stand, 0.4)
    expect(said(stand, "s1")).to_have_text("down")
    expect(stand.page.locator(".card[data-card=s1] h4 i")).to_have_text("down")
