"""Runs every benchmark, or those named: `python -m benchmarks hashing`."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Each module of this folder has a `main()` that prints its table."""
    here = Path(__file__).parent
    known = sorted(path.stem for path in here.glob("[a-z]*.py") if path.stem != "timing")
    for name in sys.argv[1:] or known:
        if name not in known:
            raise SystemExit(f"no benchmark {name!r}; there are {', '.join(known)}")
        print(f"\n{name}")
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
