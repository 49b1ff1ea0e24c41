"""django-fsm-2 with django-fsm-log: the case is read, goes on, and is saved with its log row in
one transaction."""

from typing import Any

from django_office import answered, furnish, opened
from telling import STEPS, Timed, asked, kept, tell


def approval() -> Any:
    """The model: a state, and a transition for each step."""
    from django.db import models
    from django_fsm import FSMField, transition

    def going(source: str, target: str) -> Any:
        def step(self: Any) -> None:
            """What a step does beside going on: nothing."""

        step.__name__ = f"do_{target}"
        return transition(field=state, source=source, target=target)(step)

    state = FSMField(default="new", protected=True)
    pairs = zip(("new", *STEPS), STEPS, strict=False)
    steps = {f"do_{target}": going(source, target) for source, target in pairs}
    meta = type("Meta", (), {"app_label": "office"})
    return type(
        "Approval",
        (models.Model,),
        {"__module__": __name__, "Meta": meta, "state": state, **steps},
    )


def main() -> None:
    folder, cases = asked()
    opened(folder, "django_fsm", "django_fsm_log")
    from django.db import transaction
    from django_fsm_log.models import StateLog

    model = approval()
    furnish(model)
    ids = [model.objects.create().pk for _ in range(cases)]
    timed = Timed()
    with timed.counted():
        for step in STEPS:
            for pk in ids:
                with transaction.atomic():
                    one = model.objects.get(pk=pk)
                    getattr(one, f"do_{step}")()
                    one.save()
    tell(cases, timed, StateLog.objects.count(), kept(answered))


main()
