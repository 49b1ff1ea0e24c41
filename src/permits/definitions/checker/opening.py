"""What is open after the milestones of a step, each question answered once.

Clocks stop before they start; obligations are voided before they open, and one that depends on
answers or is drawn by lot opens or does not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from permits.definitions.checker.applications import Applications
from permits.definitions.procedure import Milestone, ends
from permits.definitions.schema import Definition, TrackName

Marks = tuple[Milestone, ...]
"""The milestones of one step, in their order."""


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a milestone does to what is open: clocks that stop and start, duties that are voided,
    and duties that open, in the order of the file."""

    stops: frozenset[str]
    starts: frozenset[str]
    voids: frozenset[str]
    opens: tuple[str, ...]


def _effect(definition: Definition, milestone: Milestone) -> _Effect:
    clocks, duties = definition.clocks.items(), definition.obligations.items()
    return _Effect(
        stops=frozenset(n for n, c in clocks if ends(milestone, c.stops)),
        starts=frozenset(n for n, c in clocks if milestone in c.starts),
        voids=frozenset(n for n, o in duties if ends(milestone, o.voided_by)),
        opens=tuple(n for n, o in duties if o.opens is milestone),
    )


class Running(dict[frozenset[str], frozenset[str]]):
    """The clocks that run after some milestones, by those that ran before; they stop before they
    start."""

    def __init__(self, effects: tuple[_Effect, ...], restarted: set[tuple[str, str]]) -> None:
        super().__init__()
        self._effects = effects
        self._restarted = restarted

    def __missing__(self, before: frozenset[str]) -> frozenset[str]:
        running = before
        for effect in self._effects:
            running -= effect.stops
            self._restarted |= {("clocks", n) for n in effect.starts & running}
            running |= effect.starts
        self[before] = running
        return running


class Owed(dict[frozenset[str], tuple[frozenset[str], ...]]):
    """What may be owed after some milestones, by what was owed before, for each way it can come
    out: obligations are voided before they open, and one that depends on answers opens or does
    not."""

    def __init__(self, after: Callable[[frozenset[str]], tuple[frozenset[str], ...]]) -> None:
        super().__init__()
        self._after = after

    def __missing__(self, before: frozenset[str]) -> tuple[frozenset[str], ...]:
        found = self[before] = self._after(before)
        return found


class Opening:
    """What the milestones of a definition open and close.

    `restarted` holds what was opened while it was open: its part and its name.
    """

    def __init__(self, applications: Applications) -> None:
        self.restarted: set[tuple[str, str]] = set()
        self._applications = applications
        self._definition = applications.definition
        self._effects = {m: _effect(self._definition, m) for m in Milestone}
        self._run: dict[Marks, Running] = {}
        self._due: dict[tuple[TrackName, Marks], Owed] = {}
        self._told: dict[tuple[str, TrackName], bool | None] = {}

    def after(self, track: TrackName, milestones: Marks) -> tuple[Running, Owed]:
        """What is open after the milestones, for whatever was open before."""
        if milestones not in self._run:
            effects = tuple(self._effects[milestone] for milestone in milestones)
            self._run[milestones] = Running(effects, self.restarted)
        key = (track, milestones)
        if key not in self._due:
            self._due[key] = Owed(lambda owed: self._duties(owed, track, milestones))
        return self._run[milestones], self._due[key]

    def _duties(
        self, owed: frozenset[str], track: TrackName, milestones: Marks
    ) -> tuple[frozenset[str], ...]:
        found = [owed]
        for milestone in milestones:
            found = [after for one in found for after in self._owed(one, track, milestone)]
        return tuple(found)

    def _owed(
        self, owed: frozenset[str], track: TrackName, milestone: Milestone
    ) -> list[frozenset[str]]:
        effect = self._effects[milestone]
        held = owed - effect.voids
        self.restarted |= {("obligations", n) for n in effect.opens if n in held}
        opened = [held]
        for name in effect.opens:
            opened = [o | extra for o in opened for extra in self._opens(name, track)]
        return opened

    def _opens(self, name: str, track: TrackName) -> tuple[frozenset[str], ...]:
        rule = self._definition.obligations[name]
        known = self._known(rule.when, track) if rule.when is not None else True
        if known is False:
            return (frozenset(),)
        drawn = known and rule.sample is None
        return (frozenset({name}),) if drawn else (frozenset(), frozenset({name}))

    def _known(self, name: str, track: TrackName) -> bool | None:
        """What a condition gives for every case on the track; None if it gives both."""
        key = (name, track)
        if key not in self._told:
            met = self._applications.telling([name], track)
            outcomes = {application.meets([name]) for application in met}
            self._told[key] = outcomes.pop() if len(outcomes) == 1 else None
        return self._told[key]
