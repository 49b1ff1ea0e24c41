"""Does to the program what may be done to it from outside, and looks what is left of the record.

    python -m tests.faults                  everything, as large as it is meant to be: hours
    python -m tests.faults --size short     the same, small: as the tests do it
    python -m tests.faults --only F3 F4     some of it

Each goal of `docs/reliability.md` is tried, and tried again with a mistake planted in the program,
which must be found. Exit 1 if anything was lost, doubled or kept by half, or a mistake was not
found.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.trials import SIZES, outcomes


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--size", choices=SIZES, default="full", help="how much is tried")
    parser.add_argument("--only", nargs="+", metavar="GOAL", help="F1 to F9, H, H2, L1, L3, L4")
    asked = parser.parse_args()
    wrong, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="permits-faults-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # the server of PostgreSQL runs as somebody else
        for outcome in outcomes(place, SIZES[asked.size], asked.only):
            print(f"[{time.monotonic() - began:6.0f} s] {outcome.line()}", flush=True)
            wrong += not outcome.as_wanted
    print(f"{wrong} not as wanted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
