"""Run by the Python that has pm4py, which knows nothing of ours: `theirs.py FOLDER`.

Reads the logs in the folder, says what it finds in each as JSON, and writes them again.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pm4py

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


def found(frame: Any) -> dict[str, Any]:
    frame = frame.copy()
    frame[TIME] = pd.to_datetime(frame[TIME], utc=True)
    frame = frame.sort_values([CASE, TIME], kind="stable")
    follows, _starts, _ends = pm4py.discover_dfg(frame)
    return {
        "cases": int(frame[CASE].nunique()),
        "events": len(frame),
        "counts": {str(k): int(v) for k, v in frame[ACTIVITY].value_counts().items()},
        "starts": {str(k): int(v) for k, v in pm4py.get_start_activities(frame).items()},
        "ends": {str(k): int(v) for k, v in pm4py.get_end_activities(frame).items()},
        "seconds": sorted(float(one) for one in pm4py.get_all_case_durations(frame)),
        "follows": sorted([a, b, int(count)] for (a, b), count in follows.items()),
        "variants": len(pm4py.get_variants(frame)),
    }


def main(folder: Path) -> None:
    told = {}
    for path in sorted(folder.glob("*.xes")):
        frame = pm4py.read_xes(str(path))
        told[path.name] = found(frame)
        pm4py.write_xes(frame, str(folder / "again" / path.name))
    frame = pd.read_csv(folder / "own.csv", dtype=str, encoding="utf-8-sig")
    frame[TIME] = pd.to_datetime(frame[TIME], utc=True)
    told["own.csv"] = found(frame)
    for name, read, write in (
        ("own.json", pm4py.read_ocel2_json, pm4py.write_ocel2_json),
        ("own.sqlite", pm4py.read_ocel2_sqlite, pm4py.write_ocel2_sqlite),
    ):
        log = read(str(folder / name))
        told[name] = found(pm4py.ocel_flattening(log, "case"))
        write(log, str(folder / "again" / name))
    (folder / "theirs.json").write_text(json.dumps(told), encoding="utf-8")


main(Path(sys.argv[1]))
