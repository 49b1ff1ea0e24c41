"""Every hostile file with what becomes of it, each made only when its turn comes."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from permits.text.uploads import Unfit
from tests.hostile import others, pdfs
from tests.papers import PDF

Made = Iterator[tuple[str, bytes]]


class Hostile(NamedTuple):
    """A file that means harm. `fate` is `refused` (for `why`, if only that will do),
    `neutralised` (what is kept of it does none), or `either`."""

    name: str
    filename: str
    content: bytes
    fate: str
    why: Unfit | None = None


_KINDS: tuple[tuple[Callable[[], Made], str, Unfit | None], ...] = (
    (pdfs.active, "refused", Unfit.ACTIVE),
    (pdfs.locked, "refused", Unfit.LOCKED),
    (pdfs.bombs, "refused", None),
    (others.bombs, "refused", None),
    (others.not_taken, "refused", None),
    (others.neutralised, "neutralised", None),
    (others.mutated, "either", None),
)


def corpus() -> Iterator[Hostile]:
    for make, fate, why in _KINDS:
        for name, content in make():
            yield Hostile(f"{make.__name__}: {name}", f"{name}.pdf", content, fate, why)
    for filename in others.NAMES:
        yield Hostile(f"name: {filename[:40]!r}", filename, PDF, "neutralised")
