"""Forms about a party's record: what each step asks, and what was typed in it."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.case import Case
from permits.casework.decide import bars
from permits.casework.decide.parties import PartyOutcome
from permits.casework.party import BarGround, Concern, Degree, Entry, Power, ReviewOutcome
from permits.casework.party_access import role_in
from permits.casework.party_offers import ASKED, PartyOffer, Step
from permits.casework.refusals import Refused
from permits.services import party_requests as r
from permits.text import party_names, refusals
from permits.text.party_told import SAYS, PartyTeller
from permits.text.words import Language, words
from permits.web.amiss import amiss
from permits.web.answering import answered
from permits.web.forms import Posted
from permits.web.parties_shown import PartyPage
from permits.web.reading import Reading, Unfit
from permits.web.step_up import confirmed
from permits.web.visits import see_other


class PartyForm:
    """A step on somebody's desk, open or not; 404 if it is not for them, or there is none."""

    def __init__(self, page: PartyPage, step: str, name: str) -> None:
        known = next((one for one in get_args(Step) if one == step), None)
        if known is None or bool(name) == (known in ALONE):
            raise HTTPException(404)
        self.page_of = page
        self.visit = page.visit
        self.step: Step = known
        self.name = f"case/{name}" if known == "impose_bar" else name
        parties = page.visit.office.parties
        self.case: Case | None = parties.case(self.name) if known == "impose_bar" else None
        if name and self.name not in _known_to(page, known):
            raise HTTPException(404)
        self.command = ASKED[known](self.name)
        if role_in(page.visit.actor, self.command, page.party, self.case) is None:
            raise HTTPException(404)
        self.title = party_names.step(known, page.visit.language)

    @property
    def path(self) -> str:
        return f"{self.page_of.home}/{self.step}/{self.name.removeprefix('case/')}".rstrip("/")

    @property
    def entry(self) -> Entry | None:
        return self.page_of.party.entries.get(self.name)

    def text(self, seal: str) -> str:
        """A sealed text of the record, for whoever decides about it."""
        return self.page_of.record.values.get(seal, "")

    @property
    def foreseen(self) -> PartyOutcome:
        parties = self.visit.office.parties
        record = self.page_of.record
        return parties.foresee(record, self.command, self.visit.actor, self.case)

    @property
    def shut(self) -> str:
        """Why it is not open now; nothing if it is."""
        offers = self.visit.office.parties.offers(self.page_of.record, self.visit.actor)
        found = self.foreseen
        named = "" if self.step == "authorise_person" else self.name
        if PartyOffer(self.step, named) in offers or not isinstance(found, Refused):
            return ""
        return self.says(found)

    @property
    def follows(self) -> tuple[str, ...]:
        """What will follow from an entry that is made now."""
        found = self.foreseen
        if self.step != "make_entry" or isinstance(found, Refused):
            return ()
        page = self.page_of
        teller = PartyTeller(found.party, {}, page.permit, self.visit.language)
        events = (fact.event for fact in found.facts)
        return tuple(says for event in events for says in SAYS[type(event)](teller, event))

    def says(self, refused: Refused) -> str:
        return refusals.sentence(refused, None, self.visit.language)

    @property
    def degrees(self) -> list[tuple[str, str]]:
        return [(one, party_names.degree(one, self.visit.language)) for one in get_args(Degree)]

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """The grounds on which a bar can follow from the case."""
        found = bars.grounds(self.page_of.party, self.case) if self.case is not None else ()
        return [(one, party_names.bar_ground(one, self.visit.language)) for one in found]

    @property
    def concerns(self) -> list[tuple[str, str]]:
        return [(one, party_names.concern(one, self.visit.language)) for one in get_args(Concern)]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        language = self.visit.language
        return [(x, party_names.review_outcome(x, language)) for x in get_args(ReviewOutcome)]

    @property
    def powers(self) -> list[tuple[str, str]]:
        return [(one, party_names.power(one, self.visit.language)) for one in get_args(Power)]

    @property
    def people(self) -> list[tuple[str, str]]:
        """Who has an open account of the party, and whoever has none."""
        _ = words(self.visit.language).gettext
        return [*self.page_of.record.accounts.items(), ("", _("somebody without an account"))]

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> Response:
        """The form, as it was typed, with what is wrong."""
        told = amiss(refused or errors, self.visit.language)
        return self.visit.page(
            "parties/step.html",
            status=told.status,
            m=self,
            p=self.page_of,
            typed=typed or {},
            errors=told.errors,
            says=told.says,
        )

    def given(self, reading: Reading) -> r.PartyRequest | Unfit:
        """What was typed, with what the address says."""
        kind, fields = _FORMS[self.step](self.name.removeprefix("case/"), reading)
        return Unfit(reading.errors) if reading.errors else kind(**fields)


def _known_to(page: PartyPage, step: Step) -> frozenset[str]:
    """The names in the record that a step may be about, for this reader."""
    party = page.party
    match step:
        case "impose_bar":
            return frozenset(one.case_id for one in page.record.cases)
        case "lift_bar":
            return frozenset(party.bars)
        case "conclude_review":
            return frozenset(party.reviews)
        case "end_authorisation":
            return frozenset(party.authorised)
        case _:
            return frozenset(shown.one.name for shown in page.entries)


async def taken(asked: PartyForm, form: Posted) -> Response:
    """Take a step as it was typed, or show its form again with what is wrong."""
    page = asked.page_of
    given = asked.given(Reading(form, page.visit.language))
    if isinstance(given, Unfit):
        return await run_in_threadpool(asked.page, typed=form.texts(), errors=given.errors)
    await confirmed(page.visit, given, form)
    order = page.visit.office.parties.order
    code, actor = page.party.code, page.visit.actor
    answer = await answered(await run_in_threadpool(order, code, given, actor, form.ticket))
    if isinstance(answer, Refused):
        return await run_in_threadpool(asked.page, typed=form.texts(), refused=answer)
    return see_other(f"{page.home}?done={asked.step}")


def done_says(step: str, language: Language) -> str:
    """What was done, for the page that is shown after it; nothing for a word that is no step."""
    return party_names.step(step, language) if step in get_args(Step) else ""


ALONE = frozenset({"rename_party", "authorise_person", "merge_party"})
"""What is done to the party, and to nothing in its record that has a name."""

_Read = tuple[type[r.PartyRequest], dict[str, Any]]


def _notice(name: str, reading: Reading) -> _Read:
    degree = reading.one_of("degree", get_args(Degree))
    return r.NoticeEntry, {"entry": name, "degree": degree, "grounds": reading.text("grounds")}


def _decide(name: str, reading: Reading) -> _Read:
    upheld = reading.one_of("upheld", ("true", "false")) == "true"
    reason = reading.text("reason")
    return r.DecideObjection, {"entry": name, "upheld": upheld, "reason": reason}


def _decide_repair(name: str, reading: Reading) -> _Read:
    granted = reading.one_of("granted", ("true", "false")) == "true"
    return r.DecideRepair, {"entry": name, "granted": granted, "reason": reading.text("reason")}


def _bar(case: str, reading: Reading) -> _Read:
    return r.ImposeBar, {
        "ground": reading.one_of("ground", get_args(BarGround)),
        "case": case,
        "concerns": reading.one_of("concerns", get_args(Concern)),
        "reason": reading.text("reason"),
    }


def _conclude(name: str, reading: Reading) -> _Read:
    outcome = reading.one_of("outcome", get_args(ReviewOutcome))
    reason = reading.text("reason")
    return r.ConcludeReview, {"review": name, "outcome": outcome, "reason": reason}


def _rename(_name: str, reading: Reading) -> _Read:
    name = reading.text("name", most=200)
    return r.RenameParty, {"name": name, "reason": reading.text("reason")}


def _authorise(_name: str, reading: Reading) -> _Read:
    ends = bool(reading.form.text("until").strip())
    return r.AuthorisePerson, {
        "account": reading.text("account", most=40, wanted=False),
        "name": reading.text("person", most=100, wanted=False),
        "power": reading.one_of("power", get_args(Power)),
        "since": reading.day("since"),
        "until": reading.day("until") if ends else None,
        "letter": reading.text("letter"),
    }


def _merge(_name: str, reading: Reading) -> _Read:
    into = reading.text("into", most=18).upper()
    fits = len(into) == 18 and into.isascii() and into.isalnum()
    return r.MergeParty, {
        "into": into if fits else "0" * 18,
        "reason": reading.text("reason"),
    }


_FORMS: Mapping[Step, Callable[[str, Reading], _Read]] = {
    "notice_entry": _notice,
    "object_to_entry": lambda n, read: (
        r.ObjectToEntry,
        {"entry": n, "statement": read.text("statement")},
    ),
    "check_objection": lambda n, read: (
        r.CheckObjection,
        {"entry": n, "reason": read.text("reason")},
    ),
    "decide_objection": _decide,
    "make_entry": lambda n, _read: (r.MakeEntry, {"entry": n}),
    "drop_entry": lambda n, read: (r.DropEntry, {"entry": n, "reason": read.text("reason")}),
    "ask_for_repair": lambda n, read: (
        r.AskForRepair,
        {"entry": n, "statement": read.text("statement")},
    ),
    "decide_repair": _decide_repair,
    "impose_bar": _bar,
    "lift_bar": lambda n, read: (r.LiftBar, {"bar": n, "reason": read.text("reason")}),
    "conclude_review": _conclude,
    "rename_party": _rename,
    "authorise_person": _authorise,
    "end_authorisation": lambda n, read: (
        r.EndAuthorisation,
        {"account": n, "reason": read.text("reason")},
    ),
    "merge_party": _merge,
}
