"""What was typed for an applicant at the counter, with what was scanned for it."""

from collections.abc import Callable, Mapping
from typing import Any

from permits.casework.tracks import signatures_under
from permits.services.after import AskAmendment, AskExtension, AskRenewal
from permits.services.counter import ForApplicant
from permits.services.heard import AskRecusal
from permits.services.requests import Nothing, Reasoned, Report, State, Supplement, Supply
from permits.store.drafts import Upload
from permits.web.counter.bringing import brought_in, read_bringing
from permits.web.counter.openings import Kind
from permits.web.counter.standing_in import StandingIn
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit


def given(one: StandingIn, form: Posted) -> ForApplicant | Unfit:
    """What was typed, with what lies in the tray."""
    reading, here = Reading(form, one.visit.language), _chosen(one, form)
    latest = {upload.material: upload for upload in here}
    brought = read_bringing(reading, latest)
    does = _READS[one.what.kind](one, reading, here)
    if reading.errors:
        return Unfit(reading.errors)
    return ForApplicant(brought=brought_in(brought), **does())


def _chosen(one: StandingIn, form: Posted) -> tuple[Upload, ...]:
    """The scans that stood on the page; sent once more, they belong to the case already."""
    mine = (u for u in one.record.uploads if u.account == one.visit.actor.id)
    held = (*mine, *one.visit.office.uploading.uploads(one.place))
    wanted = form.every("upload")
    return tuple(upload for upload in held if upload.id in wanted)


Reads = Callable[[StandingIn, Reading, tuple[Upload, ...]], Callable[[], dict[str, Any]]]
"""Reads one form; what it gives back makes the request once everything fits."""


def _ids(here: tuple[Upload, ...], *things: str) -> tuple[str, ...]:
    return tuple(upload.id for upload in here if upload.material in things)


def _supplement(one: StandingIn, reading: Reading, here: tuple[Upload, ...]) -> Supplement:
    """Answers that were written anew, papers, and signatures."""
    form = reading.form
    signed = {
        key: form.text(f"digest:{name}")
        for name, _commitment, _digest in one.commitments
        for key in signatures_under(one.case.definition, name)
        if form.text(f"agreed:{key}")
    }
    uploads = _ids(here, *one.materials)
    return Supplement(answers=dict(one.answers(form.texts())), uploads=uploads, signed=signed)


def _corrections(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    given = _supplement(one, reading, here)
    return lambda: {"corrections": given}


def _on_the_spot(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    given = _supplement(one, reading, here)
    return lambda: {"on_the_spot": given}


def _withdrawal(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason = reading.text("reason", wanted=False)
    return lambda: {"withdrawal": Reasoned(reason=reason)}


def _report(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    told = reading.text("words") if one.puts_right else ""
    on, uploads = reading.day("on"), _ids(here, one.what.name)
    given = {"obligation": one.what.name, "on": on, "uploads": uploads, "words": told}
    return lambda: {"report": Report(**given)}


def _state(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    statement = reading.text("statement")
    return lambda: {"statement": State(statement=statement)}


def _recusal(
    _one: StandingIn, reading: Reading, _here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    officer, ground = reading.text("officer", most=40), reading.text("ground")
    return lambda: {"recusal": AskRecusal(officer=officer, ground=ground)}


def _extension(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason, uploads = reading.text("reason"), _ids(here, *one.materials)
    asked = {"obligation": one.what.name, "reason": reason, "uploads": uploads}
    return lambda: {"extension": AskExtension(**asked)}


def _renewal(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    reason, uploads = reading.text("reason"), _ids(here, *one.materials)
    return lambda: {"renewal": AskRenewal(reason=reason, uploads=uploads)}


def _amendment(
    one: StandingIn, reading: Reading, here: tuple[Upload, ...]
) -> Callable[[], dict[str, Any]]:
    """The facts that are to be others; those that stand as they were are not sent."""
    typed = one.answers(reading.form.texts())
    changed = {name: text for name, text in typed.items() if text != one.standing.get(name, "")}
    reason, uploads = reading.text("why"), _ids(here, *one.materials)
    asked = {"answers": changed, "uploads": uploads}
    return lambda: {"amendment": AskAmendment(**asked, reason=reason)}


def _hearing(says: str) -> Reads:
    return lambda _one, _reading, _here: lambda: {"hearing": says}


_READS: Mapping[Kind, Reads] = {
    "corrections": _corrections,
    "on_the_spot": _on_the_spot,
    "withdrawal": _withdrawal,
    "commitment_withdrawal": lambda _o, _r, _h: lambda: {"commitment_withdrawal": Nothing()},
    "report": _report,
    "supply": lambda one, _r, here: lambda: {"supply": Supply(uploads=_ids(here, *one.materials))},
    "state": _state,
    "ask_for_hearing": _hearing("asked"),
    "waive_hearing": _hearing("waived"),
    "ask_recusal": _recusal,
    "ask_extension": _extension,
    "ask_renewal": _renewal,
    "ask_amendment": _amendment,
}
