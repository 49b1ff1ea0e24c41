"""The receipt of a file: a text with its fingerprint, to be kept by whoever sent it."""

from collections.abc import Iterable, Mapping

from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.definitions.schema import Material
from permits.store.drafts import Upload
from permits.text.jinja import environment
from permits.web.files import attachment
from permits.web.visits import Visit


def receipt(
    visit: Visit, among: Iterable[Upload], upload_id: str, materials: Mapping[str, Material]
) -> Response:
    """The receipt of an upload among these; 404 if it is none of them, or was erased."""
    upload = next((one for one in among if one.id == upload_id), None)
    if upload is None or upload.erased_on is not None:
        raise HTTPException(404)
    material = materials.get(upload.material)
    page = visit.request.url.path.removesuffix("/receipt")
    text = (
        environment(visit.language)
        .get_template("receipts/upload.txt")
        .render(
            upload=upload,
            of=material.title.in_(visit.language) if material else upload.material,
            address=f"{visit.office.settings.address}{page}",
        )
    )
    headers = {
        "Content-Disposition": attachment(f"{upload.filename}.sha256.txt"),
        "Cache-Control": "no-store",
    }
    return PlainTextResponse(text, headers=headers)
