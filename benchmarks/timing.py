"""How the benchmarks take times and print them."""

from collections.abc import Callable, Iterable
from time import perf_counter


def best(function: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the fastest of `repeats` runs: the others were disturbed, not slower."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


def report(rows: Iterable[tuple[str, float, str]], header: str) -> None:
    """Prints (what, seconds, ratio in words) under a header."""
    print(f"  {header}")
    for what, seconds, ratio in rows:
        size, unit = (1e9, "ns") if seconds < 1e-5 else (1e6, "us") if seconds < 1e-3 else (1e3, "ms")
        shown = f"{seconds * size:8.{2 * (unit == 'ms')}f} {unit}"
        print(f"    {what:<44} {shown}   {ratio}")
