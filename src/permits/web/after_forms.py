"""Forms about what comes after a decision: what each asks, and what was typed in it."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.afterwards import (
    AMENDMENT_EVIDENCE,
    EXTENSION_EVIDENCE,
    RENEWAL_EVIDENCE,
    Body,
)
from permits.casework.case import Obligation
from permits.casework.decide import extending
from permits.casework.entries import text_of
from permits.casework.openings_after import (
    AfterCommand,
    AfterOpening,
    asked_after,
    openings_after,
)
from permits.casework.refusals import Refused
from permits.definitions.form import Question
from permits.services import after as r
from permits.services.case_record import Record
from permits.store.drafts import Upload
from permits.text import names
from permits.text.amounts import term
from permits.web.after_shown import ShownAfter, ShownRequest, after, path_of, request, title
from permits.web.amiss import amiss
from permits.web.disclosure import loose
from permits.web.dossier import Dossier
from permits.web.entries import pressed, typed
from permits.web.fields import Field, fields
from permits.web.opening_forms import OpeningForm
from permits.web.reading import Reading, Unfit
from permits.web.visits import Member

NAMED = frozenset({"ask_extension", "decide_extension"})
"""What is done to a duty."""

SHOWN_BY: Mapping[str, str] = {
    "ask_extension": EXTENSION_EVIDENCE,
    "ask_renewal": RENEWAL_EVIDENCE,
    "ask_amendment": AMENDMENT_EVIDENCE,
}
"""For what files are kept that show why the holder asks for something."""


class AfterForm(OpeningForm):
    """Something about what comes after a decision on somebody's desk, open or not; 404 if it is
    not for them, or there is no such thing."""

    def __init__(
        self, visit: Member, record: Record, case: Dossier, home: str, opening: tuple[str, str]
    ) -> None:
        what, of = opening
        command = next((one for one in get_args(AfterCommand) if one == what), None)
        there = of in case.definition.obligations if command in NAMED else not of
        if command is None or not there:
            raise HTTPException(404)
        self.opening = AfterOpening(command, of)
        super().__init__(visit, record, case, home, asked_after(self.opening))
        self.title = title(case, self.opening)

    @property
    def path(self) -> str:
        return path_of(self.home, self.opening)

    @property
    def open(self) -> bool:
        desk = self.visit.desk(self.record.case)
        return self.opening in openings_after(self.record.case, desk)

    @property
    def after(self) -> ShownAfter:
        return after(self.visit, self.case, self.home)

    @property
    def duty(self) -> Obligation | None:
        """The duty it is about."""
        return self.record.case.obligations.get(self.opening.name)

    @property
    def waiting(self) -> ShownRequest | None:
        """The request that is decided on."""
        held, pending = self.record.case, None
        match self.opening.command:
            case "decide_extension":
                pending = self.duty.asked[-1] if self.duty and self.duty.asked else None
            case "decide_renewal":
                pending = held.term.pending if held.term is not None else None
            case "examine_amendment" | "decide_amendment":
                pending = held.amendment.asked if held.amendment is not None else None
            case _:
                pass
        return request(self.case, "", pending) if pending is not None else None

    @property
    def terms(self) -> list[tuple[str, str]]:
        """How far one extension may put the date off, the longest first."""
        duty = self.case.definition.obligations.get(self.opening.name)
        rule = duty.extension if duty is not None else None
        found = extending.terms(rule) if rule is not None else ()
        return [(one, term(one, self.visit.language)) for one in found]

    @property
    def bodies(self) -> list[tuple[str, str]]:
        return [(one, names.body(one, self.visit.language)) for one in get_args(Body)]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What asks for the facts that may be changed."""
        rule = self.case.definition.amendment
        names = rule.fields if rule is not None else ()
        return tuple(self.case.edition.questions[name] for name in names)

    @property
    def standing(self) -> dict[str, str]:
        """The facts that may be changed, as they stand."""
        case, values = self.record.case, self.record.values
        return {
            q.id: text_of(case.answers[q.id])
            if q.id in case.answers
            else values.get(case.seals.get(q.id, ""), "")
            for q in self.questions
        }

    def fields(self, texts: Mapping[str, str]) -> tuple[Field, ...]:
        """The facts that may be changed, as they stand or as they were typed."""
        held = self.standing
        said = {**held, **typed(self.questions, texts, held)}
        at = self.pressed(texts)
        return fields(self.case.edition, self.questions, said, self.visit.language, at=at)

    def pressed(self, texts: Mapping[str, str]) -> str:
        """Where one goes on, if the form was sent only for an entry more or less."""
        return pressed(self.questions, texts)

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> Response:
        """The form, as it was typed, with what is wrong."""
        told = amiss(refused or errors, self.visit.language, self.case.definition)
        return self.visit.page(
            "case/after.html",
            status=told.status,
            m=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            fields=self.fields(typed or {}),
            errors=told.errors,
            says=told.says,
        )

    def given(self, reading: Reading) -> r.AfterRequest | Unfit:
        """What was typed, with what the address says."""
        if self.opening.command == "ask_amendment":
            return self._change(reading)
        kind, found = _FORMS[self.opening.command](self.opening.name, reading)
        if self.shown_by:
            found = {**found, "uploads": self._chosen(reading)}
        return Unfit(reading.errors) if reading.errors else kind(**found)

    def _chosen(self, reading: Reading) -> tuple[str, ...]:
        """The files that were on the form when it was sent."""
        sent = reading.form.every("upload")
        return tuple(one.id for one in self.evidence if one.id in sent)

    def _change(self, reading: Reading) -> r.AfterRequest | Unfit:
        """The facts as they are to be; those that were left as they are, or were not on the form,
        are not sent."""
        sent = typed(self.questions, reading.form.texts(), self.standing)
        held = {f.name: f for f in self.fields({}) if f.name in sent}
        said = {
            n: sent[n] if f.kind == "entries" else reading.text(n, wanted=f.required)
            for n, f in held.items()
        }
        changed = {n: text for n, text in said.items() if text != held[n].value}
        reason = reading.text("why")
        if reading.errors:
            return Unfit(reading.errors)
        return r.AskAmendment(answers=changed, reason=reason, uploads=self._chosen(reading))

    @property
    def shown_by(self) -> str:
        """For what a file is kept that shows why; empty if nothing is handed in here."""
        return SHOWN_BY.get(self.opening.command, "")

    @property
    def uploads_to(self) -> str:
        """Where such a file is sent."""
        what = f"{self.opening.command}/{self.opening.name}".rstrip("/")
        return f"{self.home}/evidence/{what}"

    @property
    def evidence(self) -> tuple[Upload, ...]:
        """What was uploaded to show why."""
        return tuple(one for one in self.record.uploads if one.material == self.shown_by)

    @property
    def loose(self) -> tuple[Upload, ...]:
        """What of it was not handed in yet."""
        free = loose(self.record)
        return tuple(one for one in self.evidence if one.id in free)


_Read = tuple[type[r.AfterRequest], dict[str, Any]]


def _granted(reading: Reading) -> dict[str, Any]:
    """What was decided, with the reason, which a refusal must have."""
    granted = reading.one_of("granted", ("true", "false")) == "true"
    return {"granted": granted, "reason": reading.text("reason", wanted=not granted)}


def _extension(name: str, reading: Reading) -> _Read:
    found = {"obligation": name, **_granted(reading)}
    return r.DecideExtension, {**found, "by": reading.text("by", most=10, wanted=False)}


def _restore(_name: str, reading: Reading) -> _Read:
    return r.RestoreGrant, {"on": reading.day("on"), "reason": reading.text("reason")}


def _examine(_name: str, reading: Reading) -> _Read:
    recommends = reading.one_of("recommends", ("grant", "refuse"))
    return r.ExamineAmendment, {"recommends": recommends, "opinion": reading.text("opinion")}


def _annulment(_name: str, reading: Reading) -> _Read:
    return r.RecordAnnulment, {
        "body": reading.one_of("body", get_args(Body)),
        "on": reading.day("on"),
        "anew": reading.one_of("anew", ("true", "false")) == "true",
        "number": reading.text("number", most=100),
        "reason": reading.text("reason"),
    }


_FORMS: Mapping[AfterCommand, Callable[[str, Reading], _Read]] = {
    "ask_extension": lambda n, read: (
        r.AskExtension,
        {"obligation": n, "reason": read.text("reason")},
    ),
    "decide_extension": _extension,
    "restore_grant": _restore,
    "ask_renewal": lambda _n, read: (r.AskRenewal, {"reason": read.text("reason")}),
    "decide_renewal": lambda _n, read: (r.DecideRenewal, _granted(read)),
    "examine_amendment": _examine,
    "decide_amendment": lambda _n, read: (r.DecideAmendment, _granted(read)),
    "record_annulment": _annulment,
}
