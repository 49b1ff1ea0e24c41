"""Viewflow: the task that waits is read and done, and the flow makes the next one, in one
transaction. Its tasks are its log."""

from django_office import answered, furnish, opened
from telling import STEPS, Timed, asked, kept, tell


def main() -> None:
    folder, cases = asked()
    opened(folder, "viewflow", "viewflow.workflow", "viewflow_office")
    from django.db import transaction
    from viewflow.workflow.models import Process, Task
    from viewflow.workflow.status import STATUS
    from viewflow_office.flows import Approving

    furnish()
    timed = Timed()
    first, *later = STEPS
    with timed.counted():
        for _ in range(cases):
            with transaction.atomic():
                getattr(Approving, first).run()
    ids = list(Process.objects.values_list("pk", flat=True))
    with timed.counted():
        for step in later:
            for pk in ids:
                with transaction.atomic():
                    task = Task.objects.get(process_id=pk, status=STATUS.NEW)
                    getattr(Approving, step).run(task)
    done = Task.objects.filter(status=STATUS.DONE).exclude(flow_task_type="END")
    tell(cases, timed, done.count(), kept(answered))


main()
