"""What can be done with a case now, why the rest cannot, and what came of something done."""

from pydantic import Field

from permits.casework.offers import Beside, BesideCommand, beside, offers
from permits.casework.openings import HeardCommand, Opening, openings
from permits.casework.openings_after import AfterCommand, AfterOpening, openings_after
from permits.definitions.procedure import Act
from permits.definitions.schema import Definition
from permits.services.requests import REQUEST_OF
from permits.services.writer import Done
from permits.text import names
from permits.text.titles import title_of
from permits.text.words import Language
from permits.web.api.shown.parts import Named, Shown, Why, why
from permits.web.dossier import Dossier
from permits.web.visits import Member


class Offer(Shown):
    """An action that leaves where the case stands. `shut` says why it cannot be taken by whoever
    asks; without it the action is open."""

    action: str
    title: str
    act: Act = Field(description="what it is in law")
    by: tuple[Named, ...] = Field(description="the roles that may take it")
    shut: Why | None
    href: str = Field(description="where it is taken, with POST")
    takes: str = Field(description="the schema of the body")


class BesideChart(Shown):
    """Something that can be done now beside the actions, and with what."""

    command: BesideCommand | HeardCommand | AfterCommand
    what: Named | None = Field(description="the clock, obligation, fee or action it is about")
    href: str = Field(description="where it is done, with POST")


class Outcome(Shown):
    """The case as it stands after something was done. The same key brings the same answer."""

    case: str = Field(description="id of the case")
    href: str = Field(description="address of the case")
    number: str
    version: int
    state: Named
    events: tuple[str, ...] = Field(description="what was written to its log")


def offered(visit: Member, case: Dossier, home: str) -> tuple[Offer, ...]:
    """Every action that leaves here, in the order of the definition."""
    desk = visit.desk(case.case)
    actions, language = case.definition.chart.actions, case.language
    return tuple(
        Offer(
            action=offer.action,
            title=actions[offer.action].title.in_(language),
            act=offer.act,
            by=tuple(Named(name=role, title=names.role(role, language)) for role in offer.by),
            shut=why(offer.shut, case.definition, language),
            href=f"{home}/actions/{offer.action}",
            takes=REQUEST_OF[offer.act].__name__,
        )
        for offer in offers(case.case, desk)
    )


def beside_chart(visit: Member, case: Dossier, home: str) -> tuple[BesideChart, ...]:
    """What whoever asks can do beside the actions."""
    desk = visit.desk(case.case)
    found: tuple[Beside | Opening | AfterOpening, ...] = (
        *beside(case.case, desk),
        *openings(case.case, desk),
        *openings_after(case.case, desk),
    )
    return tuple(
        BesideChart(
            command=one.command,
            what=_what(one.name, case.definition, case.language),
            href=f"{home}/{one.command}",
        )
        for one in found
    )


def _what(name: str, definition: Definition, language: Language) -> Named | None:
    if not name:
        return None
    return Named(name=name, title=title_of(definition, name, language) or name)


def outcome(done: Done, definition: Definition, language: Language, home: str) -> Outcome:
    """What the writer kept of a command."""
    title = definition.chart.states[done.state].title.in_(language)
    return Outcome(
        case=done.case_id.removeprefix("case/"),
        href=home,
        number=done.number,
        version=done.version,
        state=Named(name=done.state, title=title),
        events=done.events,
    )
