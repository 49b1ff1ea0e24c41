"""What an experiment says: how often what was done, and what came of it."""

from typing import NamedTuple

from tests.faults.works import Verdict


class Outcome(NamedTuple):
    """What was run, how many times, of how many orders told as done, and what came of them: how
    many were lost, doubled, denied though kept, kept by half, found without an answer. `missed`
    are other things that should not have been. `mutant` says which mistake was planted, None
    where none was."""

    goal: str
    what: str
    runs: int
    done: int = 0
    lost: int = 0
    doubled: int = 0
    denied: int = 0
    half: int = 0
    found: int = 0
    missed: tuple[str, ...] = ()
    mutant: str | None = None
    first: str = ""
    beside: str = ""

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.denied or self.half or self.missed)

    @property
    def as_wanted(self) -> bool:
        """Nothing went wrong; with a mistake planted, something did."""
        return self.good == (self.mutant is None)

    def line(self) -> str:
        named = f"with {self.mutant}" if self.mutant else "as it is"
        parts = [f"{self.runs} runs"]
        if self.done or self.lost:
            parts.append(f"{self.done} orders told as done and looked for: {self.lost} lost")
        parts.append(f"{self.doubled} doubled, {self.denied} denied yet kept, {self.half} by half")
        parts += [f"{self.found} found without an answer"] if self.found else []
        parts += [self.beside] if self.beside else []
        verdict = "as wanted" if self.as_wanted else "NOT AS WANTED"
        wrong = [self.first] if self.first else list(self.missed[:3])
        lines = [f"{self.goal} {self.what}, {named}: {', '.join(parts)} - {verdict}"]
        return "\n      ".join([*lines, *(one.splitlines()[0] for one in wrong)])


class Sum:
    """Adds up verdicts to an outcome."""

    def __init__(self, goal: str, what: str, mutant: str | None = None) -> None:
        self.outcome = Outcome(goal, what, 0, mutant=mutant)

    def add(self, verdict: Verdict | str, done: int = 0, seed: object = "") -> None:
        """One run; a verdict in words is one of a file that is damaged."""
        at, first = self.outcome, self.outcome.first
        if isinstance(verdict, str):
            first = first or f"at {seed}: {verdict}"
            self.outcome = at._replace(runs=at.runs + 1, missed=(*at.missed, verdict), first=first)
            return
        first = first or (f"at {seed}: {verdict.why}" if not verdict.good else "")
        self.outcome = at._replace(
            runs=at.runs + 1,
            done=at.done + done,
            lost=at.lost + len(verdict.lost),
            doubled=at.doubled + len(verdict.doubled),
            denied=at.denied + len(verdict.denied),
            half=at.half + len(verdict.half),
            found=at.found + verdict.found,
            first=first,
        )

    def miss(self, what: str) -> None:
        self.outcome = self.outcome._replace(missed=(*self.outcome.missed, what))

    def beside(self, what: str) -> Outcome:
        self.outcome = self.outcome._replace(beside=what)
        return self.outcome
