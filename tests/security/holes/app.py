"""A small application full of holes, which the scanners have to find: it is served to nobody else.

Each hole is of a kind that pages of ours could have: an address that reads the database with what
was typed in it, a page that shows what was typed as it is, now and later, a way out to any site,
a file named by whoever asks.
"""

import sqlite3
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

PAGE = (
    "<!doctype html><html><body>{}"
    '<a href="/cases?number=1">one</a> <a href="/search?words=x">search</a>'
    ' <a href="/out?next=/">out</a> <a href="/paper?name=notice.txt">paper</a>'
    ' <a href="/remarks">remarks</a>'
    "</body></html>"
)


def application(folder: Path) -> Starlette:
    """The application, with its database and its one paper in a folder."""
    database = folder / "holes.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE kept (number INTEGER, title TEXT)")
        connection.execute("INSERT INTO kept VALUES (1, 'a case'), (2, 'another case')")
    connection.close()
    papers = folder / "papers"
    papers.mkdir()
    (papers / "notice.txt").write_text("a notice", encoding="utf-8")
    remarks: list[str] = []

    def home(request: Request) -> Response:
        return HTMLResponse(PAGE.format(f"signed in: {bool(request.cookies.get('session'))}"))

    def cases(request: Request) -> Response:
        number = request.query_params.get("number", "1")
        with sqlite3.connect(database) as connection:
            query = f"SELECT title FROM kept WHERE number = {number}"  # noqa: S608 - the hole
            found = connection.execute(query).fetchall()
        connection.close()
        return HTMLResponse(PAGE.format("".join(f"<p>{title}</p>" for (title,) in found)))

    def search(request: Request) -> Response:
        return HTMLResponse(PAGE.format(f"<p>{request.query_params.get('words', '')}</p>"))

    def out(request: Request) -> Response:
        return RedirectResponse(request.query_params.get("next", "/"), 303)

    def paper(request: Request) -> Response:
        file = papers / request.query_params.get("name", "notice.txt")
        return PlainTextResponse(file.read_text(encoding="utf-8"))

    async def remark(request: Request) -> Response:
        if request.method == "POST":
            async with request.form() as form:
                remarks.append(str(form.get("remark", "")))
            return HTMLResponse(PAGE.format("<p>kept</p>"))
        form = '<form method="post" action="/remarks"><input name="remark"><button>Send</button>'
        said = "".join(f"<p>{one}</p>" for one in remarks)
        return HTMLResponse(PAGE.format(f"{form}</form>{said}"))

    return Starlette(
        routes=[
            Route("/", home),
            Route("/cases", cases),
            Route("/search", search),
            Route("/out", out),
            Route("/paper", paper),
            Route("/remarks", remark, methods=["GET", "POST"]),
        ]
    )
