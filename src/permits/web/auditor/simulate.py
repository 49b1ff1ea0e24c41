"""What would come of it if a permit type moved to notice and commitment: a form, and the figures
with how sure each is. All of it is in the address, the seed too, so whoever has the address sees
the same for as long as the cases are the same."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from permits.analytics import moved_cases
from permits.analytics import simulation_wording as wording
from permits.analytics.moved_cases import Ordinary
from permits.analytics.sheets import Sheet
from permits.analytics.simulating import Interval, Plan, Simulated, simulated
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName
from permits.text import names
from permits.text.words import words
from permits.web.auditor.asking import LONGEST
from permits.web.auditor.measures import Taken, forms
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.periods import read_period
from permits.web.simulations import MOST_AHEAD, MOST_SEED, SAMPLES, read
from permits.web.visits import Visit

router = APIRouter()

PATH = "/audit/simulate"


class Typed(BaseModel):
    """What can be typed into the form."""

    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=LONGEST, frozen=True)

    permit: str = ""
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    share: str = ""
    ahead: str = ""
    seed: str = "1"
    everyone: str = ""


class Wanted(NamedTuple):
    """Which cases are simulated, and how."""

    asked: moved_cases.Asked
    plan: Plan


class Wish(NamedTuple):
    """What was asked for as it was typed, what that means, and what is wrong with it. `wanted` is
    None if anything is, or if no permit type has a commitment track."""

    typed: Mapping[str, str]
    wanted: Wanted | None
    errors: Mapping[str, str]

    def address(self, **more: str) -> str:
        """This page again, to be kept and sent on."""
        query = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{PATH}?{urlencode(query)}"


class Option(NamedTuple):
    """A permit type that can be simulated."""

    permit: str
    title: str


def wish(visit: Auditor, query: Annotated[Typed, Query()]) -> Wish:
    """What the address asks for."""
    _ = words(visit.language).gettext
    typed = query.model_dump(by_alias=True)
    errors: dict[str, str] = {}
    known = {one.permit: one for one in editions(visit)}
    typed["permit"] = typed["permit"] or next(iter(known), "")
    today = known.get(typed["permit"])
    if today is None and known:
        errors["permit"] = _(
            "No permit type of that name has a commitment track. Choose one of the list."
        )
    first, last = read_period(typed, visit.language, errors)
    share = _whole(visit, typed, "share", (0, 100), errors)
    ahead = _whole(visit, typed, "ahead", (1, MOST_AHEAD), errors)
    seed = _whole(visit, typed, "seed", (0, MOST_SEED), errors)
    if errors or today is None:
        return Wish(typed, None, errors)
    share = moved_cases.planned_share(today) if share is None else share
    asked = moved_cases.Asked(today, first, last, bool(typed["everyone"]))
    return Wish(typed, Wanted(asked, Plan(share, seed or 0, SAMPLES, ahead or 0)), {})


Wishing = Annotated[Wish, Depends(wish)]


def editions(visit: Visit) -> list[Edition]:
    """Today's permit types that have a commitment track."""
    published = visit.office.shelf.permits
    return [one for one in published if TrackName.COMMITMENT in one.definition.tracks]


def _whole(
    visit: Visit,
    typed: Mapping[str, str],
    name: str,
    within: tuple[int, int],
    errors: dict[str, str],
) -> int | None:
    """The whole number typed under a name; what is wrong with it is put among the errors."""
    text, (least, most) = typed[name], within
    if not text:
        return None
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    _ = words(visit.language).gettext
    says = _("Give a whole number from %(least)s to %(most)s.")
    errors[name] = says % {"least": least, "most": most}
    return None


@router.get(PATH)
def show(visit: Auditor, wish: Wishing, form: Taken = Form.PAGE) -> Response:
    """The form, and what the simulation came to."""
    wanted = wish.wanted
    if wanted is None:
        status = 422 if wish.errors else 200
        return visit.page("auditor/simulate.html", status=status, **_asked(visit, wish))
    found, checks = read(visit.office, wanted.asked)
    result = simulated(found.cases, wanted.plan, checks) if found.cases else None
    if form is not Form.PAGE:
        return taken(_sheet(visit, result), form)
    values = {**_asked(visit, wish), **_shown(visit, wanted.asked, found)}
    if result is not None:
        values |= _figures(visit, wanted, found, result)
    return visit.page(
        "auditor/simulate.html", **values, taken_as=forms(lambda form: wish.address(**form))
    )


def _asked(visit: Visit, wish: Wish) -> dict[str, Any]:
    """The form with what was typed into it."""
    wanted = wish.wanted
    return {
        "path": PATH,
        "typed": wish.typed,
        "errors": wish.errors,
        "permits": [
            Option(one.permit, one.definition.permit.title.in_(visit.language))
            for one in editions(visit)
        ],
        "permit": "",
        "result": None,
        "left_out": [],
        "cautions": [],
        "share": "" if wanted is None else moved_cases.planned_share(wanted.asked.today),
    }


def _shown(visit: Visit, asked: moved_cases.Asked, found: Ordinary) -> dict[str, Any]:
    return {
        "permit": asked.today.definition.permit.title.in_(visit.language),
        "left_out": [
            (wording.left_out(why, visit.language), count) for why, count in found.left_out.items()
        ],
    }


def _figures(visit: Visit, wanted: Wanted, found: Ordinary, result: Simulated) -> dict[str, Any]:
    language, left = visit.language, tuple(found.left_out)
    breaches = result.breaches
    return {
        "result": result,
        "lines": wording.lines(result, language),
        "steps": [(names.role(role, language), one) for role, one in result.acts.items()],
        "between": lambda one: wording.between(one, language),
        "cautions": list(wording.cautions(result, wanted.asked, left, language)),
        "checked": wording.checked(breaches.of, language)
        if breaches is not None
        else wording.unchecked(language),
        "after": wording.after(result, language),
        "method": wording.method(result, wanted.plan.share, wanted.plan.seed, language),
    }


def _sheet(visit: Visit, result: Simulated | None) -> Sheet:
    """The figures as a table; empty if there is no case to reckon with."""
    _ = words(visit.language).gettext
    columns = [
        ("figure", _("Figure")),
        ("name", _("Name")),
        ("mean", _("Mean")),
        ("mean_low", _("Mean, from")),
        ("mean_high", _("Mean, to")),
        ("total", _("Sum")),
        ("total_low", _("Sum, from")),
        ("total_high", _("Sum, to")),
    ]
    rows: list[list[object]] = []
    if result is not None:
        named = zip(result.figures, wording.lines(result, visit.language), strict=True)
        rows = [
            [
                said.title,
                figure.value,
                one.mean,
                *_ends(one.mean_in),
                one.total,
                *_ends(one.total_in),
            ]
            for figure, (said, one) in named
        ]
        rows += [
            [
                line.title,
                line.name,
                line.mean,
                line.interval.low,
                line.interval.high,
                None,
                None,
                None,
            ]
            for line in wording.after(result, visit.language)
        ]
    return Sheet(_("what would be saved"), columns, rows)


def _ends(one: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if one is None else (one.low, one.high)
