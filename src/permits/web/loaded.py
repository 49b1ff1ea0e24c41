"""What every process that serves needs, in one that is never served from: forked, it is shared.

Nobody looks for garbage while it is loaded, since none of it is, and never among it afterwards:
what a process that is forked does not touch stays one memory of all.
"""

import gc
from importlib import import_module

from permits.text.jinja import environment
from permits.text.words import LANGUAGES

MOST_ASKED_FOR = (
    "layouts/base.html",
    "parts/forms.html",
    "parts/case.html",
    "parts/days.html",
    "parts/lists.html",
    "parts/office.html",
    "public/home.html",
    "public/sign_in.html",
    "public/register.html",
    "applicant/dashboard.html",
    "applicant/case.html",
    "reviewer/inbox.html",
    "reviewer/case.html",
    "reviewer/beside.html",
    "reviewer/action.html",
)
"""Templates that are compiled before anybody asks; all others when they are first wanted, since
to compile every one takes as long as everything else that is loaded."""


def load() -> None:
    """Load everything, and keep it for good."""
    gc.disable()
    import_module("permits.web.served")
    import_module("permits.web.arriving")
    import_module("uvloop")
    import_module("uvicorn.lifespan.on")
    for language in LANGUAGES:
        for template in MOST_ASKED_FOR:
            environment(language).get_template(template)
    gc.collect()
    gc.freeze()
    gc.enable()


load()
