"""Who is behind the site and what it holds to: accessibility, and personal data."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.definitions.parts import Text
from permits.services.persons.register import Registered, fields
from permits.text.sealed import label, mask
from permits.web.deps import Anyone
from permits.web.visits import Visit

router = APIRouter()


@router.get("/accessibility")
def accessibility(visit: Anyone) -> Response:
    """What the site does for whoever reads or moves otherwise, and where it falls short."""
    return visit.page("public/accessibility.html", site=visit.site)


@router.get("/privacy")
def privacy(visit: Anyone) -> Response:
    """What is asked about people, what for, on what basis and for how long: the register of
    personal data, made from the definitions that are in force."""
    definitions = [one.definition for one in visit.office.shelf.permits]
    found: dict[str, list[tuple[str, Registered, str]]] = {}
    titles: dict[str, Text | None] = {}
    for one in fields(definitions):
        titles[one.permit] = one.permit_title
        shown = (_title(visit, one), one, mask(one.mask, visit.language))
        found.setdefault(one.permit, []).append(shown)
    return visit.page(
        "public/privacy.html",
        site=visit.site,
        groups=[(titles[permit], rows) for permit, rows in found.items()],
        rules=visit.office.rules,
    )


def _title(visit: Visit, one: Registered) -> str:
    if one.title is not None:
        return one.title.in_(visit.language)
    return label(one.field, None, visit.language)
