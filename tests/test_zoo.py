"""Protocols that are known to be wrong are found so, by the shortest run; their good twins hold in all of the space."""

import importlib
import pkgutil

import pytest
import zoo

from course_lib.sim import Trace

BAD = [importlib.import_module(f"zoo.{module.name}") for module in pkgutil.iter_modules(zoo.__path__)]
GOOD = [module for module in BAD if hasattr(module, "TWIN")]


def name(module):
    return module.__name__.removeprefix("zoo.")


def test_the_zoo_is_not_empty():
    assert len(BAD) >= 12 and len(GOOD) >= 9


@pytest.mark.parametrize("module", BAD, ids=name)
def test_what_is_wrong_is_found_by_the_shortest_run(module):
    options, breaks, steps, states = module.EXPECT
    scenario = module.scenario()
    found = scenario.explore(**options)
    assert not found.ok
    shown = found.stuck if "always_possible" in options else found.counterexample
    assert isinstance(shown, Trace), found
    assert breaks in (found.violated, found.possible)
    assert shown.length == steps, shown.to_text()
    assert f"{steps} step" in str(found)
    assert states in (None, found.states)
    if found.violated:
        assert (shown.violated, found.complete) == (breaks, False)
        again = scenario.replay(Trace.from_json(shown.to_json()))
        assert again.trace.to_text() == shown.to_text()
        assert again.world().violated == breaks


@pytest.mark.parametrize("module", GOOD, ids=name)
def test_the_good_twin_holds_in_all_of_the_space(module):
    options, breaks, _, states = module.TWIN
    assert breaks is None
    found = module.twin().explore(**options)
    assert found.ok and found.complete, found
    assert found.states == states, found


@pytest.mark.parametrize("module", BAD, ids=name)
def test_a_plain_run_breaks_nothing_that_exploration_does_not_find(module):
    scenario = module.scenario()
    trace = scenario.run()
    assert trace == scenario.run()
    assert trace.violated in (None, module.EXPECT.breaks)
