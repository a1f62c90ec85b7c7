"""`python -m bench [names…] [--reference]`: run every `bench/bench_*.py` (each has `run() -> list[Figure]`)."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from bench.figures import reference_ratios, save


def main() -> int:
    """Run the benches named on the command line, all by default; 1 when one of them breaks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--reference", action="store_true", help="write bench/reference/<name>.json")
    options = parser.parse_args()
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    failed = False
    for name in options.names or known:
        print(f"\n== {name}", flush=True)
        try:
            figures = importlib.import_module(f"bench.bench_{name}").run()
        except Exception as error:
            print(f"not measured: {type(error).__name__}: {error}", flush=True)
            failed = True
            continue
        ratios = reference_ratios(name)
        for figure in figures:
            before = ratios.get(figure.name)
            print(figure.line() + (f"   (reference × {before:.2f})" if before else ""), flush=True)
        if options.reference:
            save(name, figures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
