"""The graph of all states of a small exploration, with networkx: where a system can go, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course_lib.pictures import charts, palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 60  # states: more cannot be told apart


def state_graph(
    graph: Any, label: Callable[[dict[str, Any]], str] | None = None, *, width: float = 8.5
) -> Figure:
    """Draws `exploration.graph()`: a column for each number of steps from the beginning, states as dots.

    `label` makes a state's words from its nodes, {name: node}; by default each state has its number, 0 the first.
    Dead ends have a thick rim. Raises ValueError for a graph of more than 60 states.
    """
    import networkx as nx

    if len(graph) > MOST:
        raise ValueError(
            f"{len(graph):,} states are too many for a picture, which shows {MOST}: allow fewer faults"
        )
    simple = nx.DiGraph(graph)
    first = min(simple)
    for state, steps in nx.single_source_shortest_path_length(simple, first).items():
        simple.nodes[state]["steps"] = steps
    columns = 1 + max(steps for _, steps in simple.nodes(data="steps", default=0))
    places = nx.multipartite_layout(simple, subset_key="steps")
    tallest = max(
        sum(steps == column for _, steps in simple.nodes(data="steps")) for column in range(columns)
    )
    figure, axes = charts.figure(width, max(2.2, 0.62 * tallest))
    ends = [state for state in simple if simple.out_degree(state) == 0]
    nx.draw_networkx_edges(
        simple, places, ax=axes, edge_color=charts.GREY, arrowsize=8, node_size=420, width=0.8
    )
    nx.draw_networkx_nodes(
        simple,
        places,
        ax=axes,
        node_size=420,
        node_color=[palette.HUES[4] if state == first else "white" for state in simple],
        edgecolors=charts.DARK,
        linewidths=[2.5 if state in ends else 0.8 for state in simple],
    )
    words = {state: label(world) if label else str(state) for state, world in simple.nodes(data="world")}
    nx.draw_networkx_labels(simple, places, words, ax=axes, font_size=8, font_color=charts.DARK)
    axes.set_axis_off()
    return figure
