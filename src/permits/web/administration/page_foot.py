"""What stands below every page: who is behind the site, how they are reached, where links lead.

One administrator proposes it, another one publishes it. Until then the rules' file says it.
"""

import re
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.standings import Charge
from permits.definitions.parts import Text
from permits.definitions.public_rules import LINK, MOST_LINKS, Contact, Link, Site
from permits.services.proposed import of_site
from permits.text.sites import lines
from permits.text.words import words
from permits.web.administration import proposals
from permits.web.administration.charges import Looking, Proposing, may
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member

router = APIRouter()

HOME = f"{proposals.HOME}/site"
MOST_OF_A_LINE, MOST_OF_A_NOTE, MOST_OF_AN_ADDRESS = 200, 500, 500

_URL = re.compile(LINK)
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@router.get(HOME)
def shown(visit: Looking) -> Response:
    """What stands below every page, and a form to propose something else."""
    return _page(visit, typed=_fields(visit.site))


@router.post(HOME)
async def propose(visit: Proposing, form: Form) -> Response:
    """Look at what would change; propose it, unless it was only to be looked at."""
    return await run_in_threadpool(_propose, visit, form)


def _propose(visit: Member, form: Posted) -> Response:
    reading = Reading(form, visit.language)
    only = form.text("what") == "look"
    site = _site(reading)
    reason = reading.text("reason", most=500, wanted=not only)
    if site is None or reading.errors:
        return _page(visit, typed=form.texts(), errors=reading.errors)
    draft = of_site(site)
    if only:
        seen = proposals.effect(visit, draft, "")
        return _page(visit, typed=form.texts(), effect=seen)
    made = proposals.propose(visit, draft, reason)
    if isinstance(made, Response):
        return made
    return _page(visit, typed=form.texts(), errors={"": made})


def _site(reading: Reading) -> Site | None:
    """What was typed; None if some of it does not fit."""
    texts = {name: _text(reading, name) for name in ("organiser", "address", "note")}
    plain = {
        name: reading.text(name, most=MOST_OF_A_LINE, wanted=False) or None
        for name in ("site_code", "icp", "police", "phone", "email")
    }
    if plain["email"] and not _MAIL.fullmatch(plain["email"]):
        _ = words(reading.language).gettext
        reading.errors["email"] = _("Write a mail address, such as office@example.org")
    links = [_link(reading, place) for place in range(1, MOST_LINKS + 1)]
    if reading.errors:
        return None
    return Site(
        organiser=texts["organiser"],
        site_code=plain["site_code"],
        icp=plain["icp"],
        police=plain["police"],
        contact=Contact(address=texts["address"], phone=plain["phone"], email=plain["email"]),
        note=texts["note"],
        links=tuple(one for one in links if one is not None),
    )


def _text(reading: Reading, name: str) -> Text | None:
    """A text in both languages, or in none."""
    most = MOST_OF_A_NOTE if name == "note" else MOST_OF_A_LINE
    said = {one: reading.text(f"{name}_{one}", most=most, wanted=False) for one in ("zh", "en")}
    missing = [one for one, text in said.items() if not text]
    if len(missing) == 1:
        _ = words(reading.language).gettext
        says = _("Write it in this language too, or leave both empty")
        reading.errors.setdefault(f"{name}_{missing[0]}", says)
    return Text(**said) if not missing and _fits(reading, name) else None


def _fits(reading: Reading, name: str) -> bool:
    return not {f"{name}_zh", f"{name}_en"} & reading.errors.keys()


def _link(reading: Reading, place: int) -> Link | None:
    """One link, with a title in both languages and an address; None where nothing was typed."""
    _ = words(reading.language).gettext
    name = f"link_{place}"
    title = _text(reading, name)
    url = reading.text(f"{name}_url", most=MOST_OF_AN_ADDRESS, wanted=False)
    if url and not _URL.fullmatch(url):
        says = _("Write the whole address, beginning with https://, or / for a page here")
        reading.errors.setdefault(f"{name}_url", says)
    elif title is not None and not url:
        reading.errors[f"{name}_url"] = _("Write where the link leads")
    elif url and title is None and _fits(reading, name):
        reading.errors[f"{name}_zh"] = _("Write what the link is called")
    if title is None or f"{name}_url" in reading.errors:
        return None
    return Link(title=title, url=url)


def _fields(site: Site) -> dict[str, str]:
    """What the form holds of what stands there."""
    texts = {"organiser": site.organiser, "address": site.contact.address, "note": site.note}
    plain = {
        "site_code": site.site_code,
        "icp": site.icp,
        "police": site.police,
        "phone": site.contact.phone,
        "email": site.contact.email,
    }
    links = {f"link_{place}": one for place, one in enumerate(site.links, 1)}
    texts |= {name: one.title for name, one in links.items()}
    found = {name: value or "" for name, value in plain.items()}
    found |= {f"{name}_zh": one.zh for name, one in texts.items() if one is not None}
    found |= {f"{name}_en": one.en for name, one in texts.items() if one is not None}
    return found | {f"{name}_url": one.url for name, one in links.items()}


def _page(
    visit: Member,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    effect: proposals.Effect | None = None,
) -> Response:
    return visit.page(
        "administration/page_foot.html",
        status=422 if errors else 200,
        stands=lines(visit.site, visit.site, visit.language),
        most_links=MOST_LINKS,
        proposes=may(visit, Charge.PROPOSE),
        typed=typed,
        errors=errors or {},
        effect=effect,
    )
