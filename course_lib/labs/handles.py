"""A handle in a lab's picture: it is dragged, and it is a slider to the keyboard and to those who listen."""

from __future__ import annotations

from html import escape

from course_lib.pictures import svg


def slider(
    part: str, label: str, title: str, now: float, limits: tuple[float, float], told: str, *drawn: str
) -> str:
    """What is `drawn`, as a slider.

    Args:
        part: its name to the browser.
        title: what one reads when the pointer rests on it.
        now: its value, within the `limits`; `told` says it with its unit.
    """
    return svg.tag(
        "g",
        svg.tag("title", escape(title)),
        *drawn,
        data_handle=part,
        tabindex=0,
        role="slider",
        aria_label=label,
        aria_valuemin=f"{limits[0]:g}",
        aria_valuemax=f"{limits[1]:g}",
        aria_valuenow=f"{now:g}",
        aria_valuetext=told,
    )
