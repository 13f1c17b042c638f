"""From a key press to the repainted picture in JupyterLab: our lab beside matplotlib in an output widget.

Both show 5 nodes x 100 virtual nodes x 1,000 keys with their loads, and both place the keys with the same HashRing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "browser"))
import browsing

ROUNDS = 30

LAB = """from course_lib.labs import RingLab
RingLab()"""

MATPLOTLIB = """import ipywidgets, numpy as np, matplotlib.pyplot as plt
from matplotlib.collections import LineCollection
from course_lib.hashing import HashRing, position
keys = [f"user:{i}" for i in range(1000)]
turns = np.array([position(key) for key in keys]) / 2**64 * 2 * np.pi
colours = dict(zip("ABCDE", plt.cm.tab10.colors))
def draw(vnodes):
    ring = HashRing("ABCDE", vnodes=vnodes)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4))
    ends = np.array([place for place, _ in ring.points()]) / 2**64 * 2 * np.pi
    starts = np.roll(ends, 1)
    starts[0] -= 2 * np.pi
    arcs = [np.column_stack([np.sin(a), np.cos(a)]) for a in np.linspace(starts, ends, 8).T]
    left.add_collection(LineCollection(arcs, colors=[colours[node] for _, node in ring.points()], linewidths=9))
    owners = ring.lookup_many(keys)
    left.scatter(0.85 * np.sin(turns), 0.85 * np.cos(turns), s=6, c=[colours[owner] for owner in owners])
    left.set(aspect="equal", xlim=(-1.1, 1.1), ylim=(-1.1, 1.1))
    right.barh(list("ABCDE"), [(owners == node).sum() for node in "ABCDE"], color=list(colours.values()))
    plt.show()
slider = ipywidgets.IntSlider(100, 1, 200)
ipywidgets.VBox([slider, ipywidgets.interactive_output(draw, {"vnodes": slider})])"""

# Resolves with the milliseconds from the key press to the frame that shows another picture.
WATCH = """(picture) => {
  const seen = () => { const it = document.querySelector(picture); return it?.tagName === "IMG" ? it.src : it; };
  const before = seen();
  window.painted = new Promise((resolve) => {
    let start = 0;
    document.addEventListener("keydown", (e) => (start = e.timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(async () => {
      if (!seen() || seen() === before) return;
      observer.disconnect();
      await document.querySelector(picture).decode?.();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
  });
}"""


def measure(
    server: browsing.JupyterLab, folder: Path, name: str, cell: str, slider: str, picture: str
) -> list[float]:
    """Milliseconds of each of `ROUNDS` key presses, the first few left out."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)], metadata=kernel), path)
    with browsing.chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        server.open(page, path).run_all()
        page.wait_for_selector(picture, timeout=60_000)
        handle = page.locator(slider)
        times = []
        for i in range(ROUNDS + 3):
            page.evaluate(WATCH, picture)
            handle.press("ArrowLeft" if i % 2 == 0 else "ArrowRight")
            times.append(page.evaluate("window.painted"))
        return times[3:]


def main() -> None:
    ways = {
        "RingLab": (LAB, ".course-ring input[type=range]", ".course-ring .picture svg"),
        "matplotlib": (MATPLOTLIB, ".noUi-handle", ".widget-output img, .jupyter-widgets-output-area img"),
    }
    medians = {}
    with tempfile.TemporaryDirectory() as folder, browsing.jupyterlab(Path(folder) / "lab") as server:
        for name, way in ways.items():
            times = measure(server, Path(folder), name, *way)
            medians[name] = statistics.median(times)
            print(
                f"{name:12}{medians[name]:6.0f} ms median, {sorted(times)[int(len(times) * 0.9)]:.0f} ms at 90 %"
            )
    print(f"RingLab is {medians['matplotlib'] / medians['RingLab']:.1f} times as fast; its limit is 80 ms.")


if __name__ == "__main__":
    main()
