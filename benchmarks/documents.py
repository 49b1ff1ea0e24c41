"""Documents set as PDF: the first of a process, and those after it."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from benchmarks.measure import Figure, percentile
from benchmarks.size import Size
from permits.outside.typesetting.codes import qr
from permits.outside.typesetting.look import Look
from permits.outside.typesetting.setting import Setter
from permits.text.papers import Item
from permits.text.sheets import SealImage, Sheet, Verify, fixed

HOW = """\
A correction notice of two pages: twelve facts, thirty things to correct, a QR code, its data
attached, as PDF/A-3a with the tags of PDF/UA-1. No two are alike. The first loads Typst and the
fonts (9 MB); *processor* is what all threads took together, which a machine with much else to do
lengthens least."""

GOAL_MS = 20.0
ROOT = Path(__file__).parents[1]
AT = datetime(2022, 6, 9, 2, tzinfo=UTC)
ADDRESS = "https://permits.example/verify/ABCD-EFGH-IJKL-MNOP"


def figures(size: Size) -> Iterator[Figure]:
    """Milliseconds of a document, cold and warm, and its size."""
    times = max(5, size.rounds * 10)
    colds = [_cold() for _ in range(size.rounds)]
    yield Figure("The first document of a process, median", statistics.median(colds), "ms")
    setter = Setter(Look())
    _taken(setter, 0)
    taken = [_taken(setter, n) for n in range(1, times + 1)]
    walls, work = [one[0] for one in taken], [one[1] for one in taken]
    median = percentile(walls, 0.5)
    yield Figure(
        f"One of {times} after it, median",
        median,
        "ms",
        goal=f"≤ {GOAL_MS:.0f} ms",
        met=median <= GOAL_MS,
        why="the processor had other work" if percentile(work, 0.5) <= GOAL_MS < median else "",
    )
    yield Figure("The same, processor", percentile(work, 0.5), "ms")
    slow = percentile(walls, 0.99)
    yield Figure("One after it, p99", slow, "ms", slow / median, "median")
    yield Figure("Its size", len(setter.set(_notice(0), b"{}", AT)) / 1024, "KB")


def _cold() -> float:
    """Milliseconds for the first document of a new process, with everything it loads for it."""
    asked = "from benchmarks import documents as d; print(d._taken(d.Setter(d.Look()), 0)[0])"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, cwd=ROOT)  # noqa: S603
    return float(ran.stdout)


def _taken(setter: Setter, n: int) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor for the n-th document."""
    sheet = _notice(n)
    begun, worked = time.perf_counter(), time.process_time()
    setter.set(sheet, b'{"schema":"permits/document/1"}', AT)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def _notice(n: int) -> Sheet:
    facts = tuple(Item(f"事项{i}", f"第{n}件，内容{i}：特勤大队燃气工程") for i in range(12))
    items = tuple(Item(f"材料{i}", f"需补正：第{n}件之{i}，请补交盖章的原件") for i in range(30))
    return replace(NOTICE, number=f"演示规补字〔2022〕{n}号", facts=facts, items=items)


NOTICE = Sheet(
    language="zh",
    form="notice",
    office="郑州高新区示例局",
    title="一次性补正告知书",
    number="",
    on="2022年6月9日",
    to="示例单位",
    paragraphs=("经审核，申请材料需要补正。本通知一次性列明全部需要补正的内容。",),
    facts=(),
    heading="需要补正的内容",
    items=(),
    small=(Item("法律依据", "《行政许可法》第32条"), Item("适用规则版本", "SHA-256 " + "ab" * 32)),
    verify=Verify("ABCD-EFGH-IJKL-MNOP", ADDRESS, qr(ADDRESS)),
    seal=SealImage("specimen", "演示样章"),
    signers=(),
    keywords=(),
    words=fixed("zh"),
)
