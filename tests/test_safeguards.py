"""What all tables of safeguards have in common."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import course_lib

LIBRARY = Path(course_lib.__file__).parent
MODULES = [
    ".".join(path.relative_to(LIBRARY.parent).with_suffix("").parts)
    for path in sorted(LIBRARY.rglob("*.py"))
    if re.search("^def without\\(", path.read_text(), re.MULTILINE)
]


def test_the_modules_with_safeguards_are_found():
    assert {"course_lib.locks.leases", "course_lib.hashing.safeguards"} < set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_an_unknown_safeguard_is_named_and_so_are_those_there_are(name):
    module = import_module(name)
    with pytest.raises(KeyError) as caught:
        module.without("hope")
    words = caught.value.args[0]
    assert words.startswith("there is no safeguard 'hope'; there are: ")
    assert all(safeguard in words for safeguard in module.SAFEGUARDS)
