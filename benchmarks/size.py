"""How much is measured: enough for figures to mean something, or just enough to run all of it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """`rounds` of everything that takes turns, `cases` that are lived through in each, `steps` of
    every story; `crowd` cases in the office that is served, asked at `rates` for `seconds`, the
    commands `spells` times; `small` and `large` crowds whose lists are compared by `looks`; a log
    of so many `events`; overviews of so many cases `counted`, and of so many `in_files`; lives
    of so many cases `grown`, to see what they leave. Of the large run: a database with so many
    cases `standing`, and so many events whose rows are `filed`."""

    rounds: int
    cases: int
    steps: int
    crowd: int
    rates: tuple[int, ...]
    pages: int
    seconds: float
    spells: int
    small: int
    large: int
    looks: int
    events: int
    counted: tuple[int, ...]
    in_files: int
    grown: int
    standing: int
    filed: int

    def shared(self, share: float) -> "Size":
        """The same with a share of the large run."""
        standing, filed = round(self.standing * share), round(self.filed * share)
        return replace(self, standing=standing, filed=filed)


FULL = Size(
    rounds=5,
    cases=96,
    steps=8,
    crowd=100_000,
    rates=(50, 200, 400),
    pages=50,
    seconds=10,
    spells=3,
    small=10_000,
    large=1_000_000,
    looks=300,
    events=1_000_000,
    counted=(100_000, 1_000_000),
    in_files=10_000_000,
    grown=512,
    standing=1_250_000,
    filed=100_000_000,
)

QUICK = Size(
    rounds=1,
    cases=4,
    steps=2,
    crowd=120,
    rates=(20, 40),
    pages=20,
    seconds=1,
    spells=1,
    small=60,
    large=180,
    looks=5,
    events=800,
    counted=(600,),
    in_files=600,
    grown=4,
    standing=180,
    filed=2_000,
)
