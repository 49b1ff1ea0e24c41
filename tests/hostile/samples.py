"""Some of the hostile files, with what is said of each."""

from tests.hostile import others, pdfs
from tests.papers import PDF, PNG

SAMPLE = {
    "script": (pdfs.assembled(catalog=b"/OpenAction " + pdfs.JS), 422, "file_active"),
    "locked": (next(pdfs.locked())[1], 422, "file_locked"),
    "broken": (PDF[:300], 422, "file_broken"),
    "page behind": (PDF + others.SCRIPT, 422, "file_broken"),
    "bomb": (
        pdfs.assembled(extra=(pdfs.streamed(pdfs.zeros(300), b"/Filter /FlateDecode"),)),
        422,
        "file_expands",
    ),
    "pixels": (others.png(50_000, 50_000, pdfs.zeros(10)), 422, "file_too_detailed"),
    "cut": (PNG[:60], 422, "file_broken"),
    "gif": (b"GIF89a/*" + others.SCRIPT, 422, "file_kind"),
    "empty": (b"", 422, "file_empty"),
}
SAYS = {
    "file_active": ("脚本、附件", "holds scripts, attached files"),
    "file_locked": ("须输入密码", "opens with a password"),
    "file_broken": ("已损坏或者不完整", "damaged or incomplete"),
    "file_expands": ("展开后远大于", "unpack to far more"),
    "file_too_detailed": ("4000万", "40 million pixels"),
    "file_kind": ("不是PDF、PNG或JPEG", "no PDF, PNG or JPEG"),
    "file_empty": ("非空文件", "not empty"),
    "file_infected": ("病毒扫描", "scanner for viruses"),
    "file_unchecked": ("目前无法检查", "cannot be checked at the moment"),
    "file_too_large": ("超过1 MB", "larger than 1 MB"),
    "files_too_many": ("上限（2个）", "2 files here"),
    "files_too_large": ("合计将超过1 MB", "more than 1 MB here"),
    "files_of_day_too_large": ("每日上限1 MB", "more than 1 MB today"),
}
"""What of each is said, in Chinese and in English; with the limit where there is one."""
