"""What is on a page as a table to take along: CSV, a workbook or JSON, with the same cells."""

from enum import StrEnum

from starlette.responses import JSONResponse, Response

from permits.analytics import workbook
from permits.analytics.sheets import Sheet
from permits.web.auditor import tables
from permits.web.files import attachment


class Form(StrEnum):
    """In which form a page is asked for."""

    PAGE = ""
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def taken(sheet: Sheet, form: Form) -> Response:
    """The table in a form that is not a page."""
    name = sheet.name.replace(" ", "-")
    titles = [title for _word, title in sheet.columns]
    match form:
        case Form.XLSX:
            body = workbook.written(sheet.name, titles, sheet.rows)
            return Response(body, media_type=workbook.MEDIA_TYPE, headers=_saved(f"{name}.xlsx"))
        case Form.JSON:
            keys = [word for word, _title in sheet.columns]
            rows = [dict(zip(keys, map(_plain, row), strict=True)) for row in sheet.rows]
            return JSONResponse(
                {"columns": dict(sheet.columns), "rows": rows}, headers=_saved(f"{name}.json")
            )
        case Form.CSV | Form.PAGE:
            return tables.sent([titles, *sheet.rows], f"{name}.csv")


def _saved(filename: str) -> dict[str, str]:
    return {"Content-Disposition": attachment(filename), "Cache-Control": "no-store"}


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | None) else str(value)
