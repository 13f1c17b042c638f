"""The partition lab in JupyterLab: from a press of "Crash" to the repainted picture, and how fast it scrubs.

The run has 300 events; a fault is added by the reader, the scenario is played again in the kernel, and all of the new
run comes back.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "browser"))
import browsing

ROUNDS, EVENTS = 30, 300

LAB = f"""from course_lib.labs import PartitionLab
from course_lib.sim import Network, Node, Scenario
class Asker(Node):
    def on_start(self):
        self.asked, self.heard = 0, {{}}
        self.ask()
    def ask(self):
        self.asked += 1
        for peer in self.peers:
            self.send(peer, ("ask", self.asked))
        self.set_timer("again", 0.1)
    def on_message(self, sender, message):
        if message[0] == "ask":
            self.send(sender, ("answer", message[1]))
        else:
            self.heard[sender] = message[1]
    def on_timer(self, name):
        self.ask()
network = Network(jitter=0.02, loss=0.05)
until = 0.1
while len(Scenario(dict.fromkeys("abcd", Asker), network=network, until=until).run()) < {EVENTS}:
    until += 0.01
lab = PartitionLab(Scenario(dict.fromkeys("abcd", Asker), network=network, until=until))
lab"""

# Resolves with the milliseconds from the press to the frame that shows another diagram.
ACT = """(name) => new Promise((resolve) => {
  const diagram = document.querySelector(".course-partition .diagram");
  const start = performance.now();
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  });
  observer.observe(diagram, { childList: true });
  [...document.querySelectorAll(".course-partition button")].find((it) => it.textContent === name).click();
})"""

# The milliseconds from each move of the slider to its frame, over the whole run.
SCRUB = """async () => {
  const slider = document.querySelector(".course-partition input[type=range]");
  const times = [];
  for (let i = 0; i <= Number(slider.max); i++) {
    const start = performance.now();
    slider.value = i;
    slider.dispatchEvent(new Event("input"));
    await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
    times.push(performance.now() - start);
  }
  return times;
}"""
GO = """(at) => {
  const slider = document.querySelector(".course-partition input[type=range]");
  slider.value = at;
  slider.dispatchEvent(new Event("input"));
}"""


def main() -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LAB)], metadata=kernel)
    with tempfile.TemporaryDirectory() as folder, browsing.jupyterlab(Path(folder) / "lab") as server:
        path = Path(folder) / "partition.ipynb"
        nbformat.write(notebook, path)
        with browsing.chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            opened = server.open(page, path)
            opened.run_all()
            page.wait_for_selector(".course-partition .diagram svg", timeout=60_000)
            events = opened.python("len(lab.trace)")
            acts = []
            for i in range(ROUNDS + 3):
                page.evaluate(GO, 100 + i)
                acts.append(page.evaluate(ACT, "Crash"))
                page.evaluate(ACT, "Undo")
            scrubs = page.evaluate(SCRUB)
    acts, scrubs = sorted(acts[3:]), sorted(scrubs)
    frames = 1000 / statistics.mean(scrubs)
    print(f"A fault added to {events} events: {statistics.median(acts):.0f} ms median, "
          f"{acts[int(len(acts) * 0.9)]:.0f} ms at 90 %; the limit is 150 ms.")  # fmt: skip
    print(f"Scrubbing: {frames:.0f} frames a second, {scrubs[int(len(scrubs) * 0.99)]:.0f} ms at 99 %; "
          "the limit is 30 frames a second.")  # fmt: skip


if __name__ == "__main__":
    main()
