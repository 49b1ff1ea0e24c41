"""What documents state about what came after a decision."""

from collections.abc import Iterable, Mapping

from permits.casework.envelope import Event
from permits.casework.families import amendments, extensions, terms
from permits.definitions.schema import Definition
from permits.text.answers import from_to
from permits.text.days import day
from permits.text.words import Language, words

Stated = tuple[str, str]
"""What a fact is called, and what it is."""


def stated(
    step: Iterable[Event], definition: Definition, values: Mapping[str, str], language: Language
) -> list[Stated]:
    """The facts of what was written together with a document."""
    writer = _Stating(definition, values, language)
    return [one for event in step for one in writer.of(event)]


class _Stating:
    def __init__(
        self, definition: Definition, values: Mapping[str, str], language: Language
    ) -> None:
        self.definition = definition
        self.values = values
        self.language = language
        self._ = words(language).gettext

    def of(self, event: Event) -> list[Stated]:
        """What a document says of an event."""
        _ = self._
        match event:
            case extensions.DutyExtended():
                due = day(event.due, self.language) if event.due else _("not set yet")
                return [(self._duty(event.obligation), due), *self._reason(event.reason)]
            case extensions.ExtensionRefused():
                what = (_("Asked for"), self._duty(event.obligation))
                return [what, *self._reason(event.reason)]
            case extensions.Voided():
                return [(self._duty(event.obligation), day(event.due, self.language))]
            case terms.Renewed():
                until = day(event.due, self.language) if event.due else _("not set yet")
                law = [(_("Reason"), _("not decided on in time, so renewed by law"))]
                said = law if event.by_law else self._reason(event.reason)
                return [(_("Valid until"), until), *said]
            case terms.RenewalRefused() | amendments.AmendmentRefused():
                return self._reason(event.reason)
            case terms.Expired():
                return [(_("Valid until"), day(event.due, self.language))]
            case amendments.Amended():
                personal = [(self._title(n), _("changed; not printed here")) for n in event.seals]
                return [*self._changes(event), *personal, *self._reason(event.reason)]
            case _:
                return []

    def _duty(self, name: str) -> str:
        return self.definition.obligations[name].title.in_(self.language)

    def _reason(self, seal: str | None) -> list[Stated]:
        """The reason, if one was given; one that was erased is said to be so."""
        if seal is None:
            return []
        return [(self._("Reason"), self.values.get(seal) or self._("(erased)"))]

    def _changes(self, event: amendments.Amended) -> list[Stated]:
        says = self._("%(now)s (until now: %(was)s)")
        questions = {q.id: q for q in self.definition.form.answerable}
        found: list[Stated] = []
        for name, answer in event.answers.items():
            asked = (questions[name], self.definition, self.language)
            was, now = from_to(event.was.get(name), answer, *asked)
            found.append((self._title(name), says % {"now": now, "was": was}))
        return found

    def _title(self, name: str) -> str:
        questions = {q.id: q for q in self.definition.form.answerable}
        return questions[name].title.in_(self.language)
