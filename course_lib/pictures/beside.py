"""Pictures beside each other, each under its title, so that one sees at a glance how they differ."""

from __future__ import annotations

import html
from collections.abc import Mapping

from course_lib.pictures import palette, svg
from course_lib.pictures.picture import Picture

COLUMN = 440  # pixels that a picture has at least; where they are more than fit, the row scrolls


def beside(pictures: Mapping[str, Picture], column: int = COLUMN) -> Picture:
    """Each picture under its title, in a row. Raises ValueError where there is none."""
    if not pictures:
        raise ValueError("there is no picture to draw; give some with their titles: {'before': picture}")
    columns = [
        svg.tag(
            "div",
            svg.tag(
                "div", html.escape(title), style=f"font-weight:600;color:{palette.INK};padding:2px 0 6px"
            ),
            picture.svg,
            style=f"flex:1 0 {column}px;min-width:0",
        )
        for title, picture in pictures.items()
    ]
    row = svg.tag("div", *columns, style="display:flex;gap:16px;align-items:flex-start;overflow-x:auto")
    return Picture(row, " ".join(f"{title}: {picture.text}" for title, picture in pictures.items()))
