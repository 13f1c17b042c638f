"""The course's colours: safe for the colour-blind, legible in JupyterLab's light and dark theme.

Hues after Okabe and Ito, "Color Universal Design" (2008). Colour never speaks alone: each node has a letter too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# JupyterLab sets these variables for each theme; elsewhere the fallback stands.
INK = "var(--jp-ui-font-color0, #1a1a1a)"
SOFT_INK = "var(--jp-ui-font-color1, #4a4a4a)"
LINE = "var(--jp-border-color1, #bdbdbd)"
PAPER = "var(--jp-layout-color0, #ffffff)"
RIGHT = "#009e73"
WRONG = "#d55e00"

CLIENT = "#0072b2"
SERVER = "#009e73"
CHOSEN = "#e69f00"
FAULTY = "#cc79a7"
DROPPED = "#d55e00"

HUES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a5a2b")


class Look(NamedTuple):
    """How one node is shown: its colour, the ink that is legible on it, and one to three letters."""

    colour: str
    ink: str
    letter: str


def looks(nodes: Iterable[str], slots: dict[str, int] | None = None) -> dict[str, Look]:
    """A look for each node. `slots` fixes who has which colour, so that it stays when others come and go."""
    nodes = list(nodes)
    slots = slots or {node: slot for slot, node in enumerate(nodes)}
    short = all(len(node) <= 3 for node in nodes)
    return {node: _look(slots[node], node if short else _letter(slots[node])) for node in nodes}


def _look(slot: int, letter: str) -> Look:
    rounds, hue = divmod(slot, len(HUES))
    colour = _shaded(HUES[hue], rounds % 3)
    return Look(colour, "#000000" if _luminance(colour) > 0.2 else "#ffffff", letter)


def _letter(slot: int) -> str:
    rounds, letter = divmod(slot, 26)
    return (_letter(rounds - 1) if rounds else "") + chr(ord("A") + letter)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _shaded(colour: str, shade: int) -> str:
    """The colour itself, then lighter, then darker: where the hues are used a second and third time."""
    if shade == 0:
        return colour
    towards = 255 if shade == 1 else 0
    return "#" + "".join(f"{(channel * 55 + towards * 45) // 100:02x}" for channel in _channels(colour))


def _luminance(colour: str) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2)."""
    linear = [(c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4) for c in _channels(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
