"""The samples of a definition: each is filed, and what comes of it is what it says."""

from collections.abc import Iterable, Iterator

from permits.definitions.checker.applications import Applications
from permits.definitions.checker.edges import ordinal
from permits.definitions.conditions import Answer, shown
from permits.definitions.findings import Finding, Path
from permits.definitions.form import NOT_LISTED, Question
from permits.definitions.reckoning import reckon
from permits.definitions.schema import RELIEVED, Sample, TrackName


def sample_findings(applications: Applications) -> Iterator[Finding]:
    """Samples that could not be filed, of which something else comes, and what none of them
    shows."""
    samples = applications.definition.samples
    filed = []
    for name, sample in samples.items():
        path: Path = ("samples", name)
        alike = sample if sample.like is None else samples.get(sample.like)
        if alike is None or alike.like is not None:
            says = f"`{sample.like}` is like another one itself; name that one"
            yield from [Finding("sample.like", (*path, "like"), says)] if alike else ()
            continue
        one = Filed(applications, sample)
        found = [*one.untaken((*path, "answers"))] or [*one.incomplete((*path, "answers"))]
        yield from found or one.unexpected(path)
        filed += [] if found else [one]
    if len(filed) == len(samples) > 0:
        yield from _unseen(applications, filed)


class Filed:
    """A sample, and what the definition makes of it."""

    def __init__(self, applications: Applications, sample: Sample) -> None:
        self.definition = applications.definition
        self.conditions = applications.conditions
        self.sample = sample
        alike = self.definition.samples.get(sample.like or "")
        self.answers = {**(alike.answers if alike else {}), **sample.answers}
        self.row = str(self.answers.get(applications.list_field, NOT_LISTED))

    def holds(self, name: str) -> bool:
        return self.conditions[name].holds(self.answers, {})

    def untaken(self, path: Path) -> Iterator[Finding]:
        """Answers that no question takes."""
        fields = {q.id: q for q in self.definition.form.answerable}
        rows = (*self.definition.list, NOT_LISTED)
        for name, answer in self.answers.items():
            if name not in fields:
                yield Finding("sample.answers", (*path, name), f"there is no field `{name}`")
            elif not _takes(fields[name], answer, rows):
                says = f"`{name}` does not take the answer {answer!r}"
                yield Finding("sample.answers", (*path, name), says)

    def incomplete(self, path: Path) -> Iterator[Finding]:
        """Answers to what is not asked, and questions that decide and are not answered."""
        put = shown(self.definition, self.conditions, self.answers)
        deciding = {name for condition in self.conditions.values() for name in condition.answers}
        for name in self.answers.keys() - {question.id for question in put}:
            says = f"`{name}` is not asked in this application"
            yield Finding("sample.answers", (*path, name), says)
        for question in put:
            wanted = question.required and question.id in deciding
            if wanted and question.id not in self.answers:
                says = f"`{question.id}` is asked in this application; answer it"
                yield Finding("sample.answers", path, says)

    def _charged(self, path: Path) -> Iterator[Finding]:
        """Fees that come to something else on the day that is named."""
        on, expected = self.sample.day, self.sample.fees
        if on is None or not expected:
            says = "`fees` says what is charged, and `day` on which day; give both"
            yield from [Finding("sample.fees", path, says)] if on or expected else ()
            return
        for name, fen in expected.items():
            fee = self.definition.fees.get(name)
            if fee is None:
                yield Finding("sample.fees", (*path, "fees", name), f"there is no fee `{name}`")
                continue
            found = reckon(self.definition, fee, self.answers, self._meets, on)
            came = "nothing, for want of a rate" if found is None else str(found.amount_fen)
            if came != str(fen):
                says = f"`{name}` comes to {came}; expected {fen}"
                yield Finding("sample.fees", (*path, "fees", name), says)

    def _meets(self, name: str | None) -> bool:
        return name is None or self.holds(name)

    def unexpected(self, path: Path) -> Iterator[Finding]:
        """What comes of it and was not expected."""
        for track in self.definition.tracks:
            why = self.shut(track)
            if (why is None) != (track in self.sample.tracks):
                says = f"the {track} track is {f'shut: {why}' if why else 'open'}"
                yield Finding("sample.tracks", (*path, "tracks"), f"{says}; expected the opposite")
        yield from self._charged(path)
        if self.kind != self.sample.kind:
            says = f"the kind is {self.kind or 'none'}; expected {self.sample.kind or 'none'}"
            yield Finding("sample.kind", (*path, "kind"), says)
        needed, expected = {*self.needed()}, {*self.sample.still_required}
        for name in sorted((needed ^ expected) & self.definition.still_required.keys()):
            says = f"`{name}` is {'needed' if name in needed else 'not needed'} beside the permit"
            yield Finding("sample.still_required", (*path, "still_required"), says)
        yield from self.otherwise_asked((*path, "asked"))

    def otherwise_asked(self, path: Path) -> Iterator[Finding]:
        """Departments that are asked and were not expected, or the other way round."""
        review = self.definition.joint_review
        departments = review.departments if review is not None else {}
        asked = {
            name
            for name, rule in departments.items()
            if rule.when is None
            or (not self.conditions[rule.when].facts and self.holds(rule.when))
        }
        for name in sorted((asked ^ {*self.sample.asked}) & departments.keys()):
            says = f"`{name}` is {'asked' if name in asked else 'not asked'} for its opinion"
            yield Finding("sample.asked", path, f"{says}; expected the opposite")

    def shut(self, track: TrackName) -> str | None:
        """Why a track is not open; None if it is."""
        relieved = track in RELIEVED
        for name, exclusion in self.definition.exclusions.items() if relieved else ():
            if self.holds(exclusion.when):
                return f"excluded by `{name}`"
        row = self.definition.list.get(self.row) if relieved else None
        if relieved and self.definition.list and row is None:
            return "on no row of the list"
        for condition in (self.definition.tracks[track].admits, row.admits if row else None):
            if condition is not None and not self.holds(condition):
                return f"`{condition}` does not hold"
        return None

    @property
    def relieved(self) -> bool:
        """Whether a track is open that spares something."""
        return any(self.shut(track) is None for track in RELIEVED & self.definition.tracks.keys())

    @property
    def kind(self) -> str | None:
        row = self.definition.list.get(self.row)
        return row.kind if row is not None and self.relieved else None

    def needed(self) -> Iterator[str]:
        """The approvals needed beside, as far as answers alone tell."""
        for name, approval in self.definition.still_required.items():
            when = approval.when
            if when is None or (not self.conditions[when].facts and self.holds(when)):
                yield name


def _takes(question: Question, answer: Answer, rows: tuple[str, ...]) -> bool:
    match question.type:
        case "integer":
            least, most = question.least or 0, question.most
            return type(answer) is int and least <= answer and (most is None or answer <= most)
        case "boolean":
            return isinstance(answer, bool)
        case "choice":
            return answer in question.options
        case "list_row":
            return answer in rows
        case "date":
            return ordinal(answer) is not None
        case "text" | "long_text" | "phone" | "credit_code" | "project_code":
            return isinstance(answer, str)
        case "entries":
            return False


def _unseen(applications: Applications, filed: Iterable[Filed]) -> Iterator[Finding]:
    """Where there are samples, there is one for each row, each exclusion and each track."""
    definition = applications.definition
    for row in definition.list:
        if not any(one.row == row and one.relieved for one in filed):
            says = "no sample shows what this row lets in"
            yield Finding("sample.unseen", ("list", row), says)
    for name, exclusion in definition.exclusions.items():
        if not any(one.holds(exclusion.when) for one in filed):
            yield Finding(
                "sample.unseen", ("exclusions", name), "no sample shows whom this excludes"
            )
    for track in definition.tracks:
        if not any(one.shut(track) is None for one in filed):
            says = "no sample shows who may use this track"
            yield Finding("sample.unseen", ("tracks", track.value), says)
