"""A house style for the charts in lessons: the course's colours, a light grid, labels on the lines themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.pictures import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK, GREY, GRID = "#1a1a1a", "#4a4a4a", "#dddddd"  # a chart brings its own white card into a dark notebook


def figure(
    width: float = 7, height: float = 3.5, title: str = "", *, columns: int = 1
) -> tuple[Figure, Axes]:
    """A figure of `width` by `height` inches and its axes (an array of them where `columns` > 1).

    The title is bold and stands on the left, over all columns.

    A notebook shows it at 96 dots an inch and holds twice as many: sharp on every screen.
    """
    import matplotlib.pyplot as plt
    from cycler import cycler
    from IPython import get_ipython
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    if hasattr(get_ipython(), "kernel"):
        set_matplotlib_formats("retina")

    style: dict[Any, Any] = {
        "figure.dpi": 96,
        "figure.facecolor": "white",
        "figure.constrained_layout.use": True,
        "font.family": "DejaVu Sans",  # comes with matplotlib, so a chart is the same everywhere
        "font.size": 10,
        "axes.prop_cycle": cycler(color=palette.HUES),
        "axes.facecolor": "white",
        "axes.edgecolor": GREY,
        "axes.labelcolor": DARK,
        "axes.titlecolor": DARK,
        "axes.titlesize": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "text.color": DARK,
        "lines.linewidth": 2,
        "lines.markersize": 6,
        "legend.frameon": False,
    }
    with plt.rc_context(style):
        figure, axes = plt.subplots(1, columns, figsize=(width, height))
    if title:
        figure.suptitle(title, x=0.01, ha="left", color=DARK, fontsize=11, fontweight="bold")
    return figure, axes


def label(axes: Axes, words: str, x: float, y: float, colour: str = DARK) -> None:
    """Names a line where it ends, in its colour: nobody has to look it up in a legend."""
    axes.annotate(
        words, (x, y), xytext=(6, 0), textcoords="offset points", va="center", color=colour, fontweight="bold"
    )
