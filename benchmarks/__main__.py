"""`python -m benchmarks`: measure everything, print it, and write docs/performance.md."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import deciding, storing
from benchmarks.measure import Figure


def measured(folder: Path) -> Iterator[Figure]:
    yield from deciding.figures()
    yield from storing.figures(folder)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for figure in measured(Path(folder)):
            ratio = f"  × {figure.ratio:.2f} {figure.against}" if figure.ratio else ""
            goal = (
                f"  goal {figure.goal}: {'met' if figure.met else 'MISSED'}" if figure.goal else ""
            )
            print(f"{figure.name:40} {figure.value:12,.1f} {figure.unit}{ratio}{goal}", flush=True)
    return 0


sys.exit(main())
