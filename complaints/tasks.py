"""What workers do for complaints. A message carries a number and no word; each task may run twice."""

from celery import shared_task
from django.conf import settings

from . import bouncing, clocks, crowding, delivery, examining, reminders, retention


@shared_task(time_limit=180, soft_time_limit=150)
def deliver(dispatch_pk: int) -> None:
    """Attempt a delivery, if it is due; then start those that waited for its place at the desk."""
    if delivery.deliver(dispatch_pk) is not None:
        for waiting in delivery.next_in_line(dispatch_pk):
            deliver.delay(waiting)


@shared_task(time_limit=120, soft_time_limit=100)
def examine(attachment_pk: int) -> None:
    """Look at a file, if nobody has."""
    examining.examine(attachment_pk)


@shared_task
def sweep() -> None:
    """Start everything that is due: never started, failed and waiting, or left by a dead worker."""
    for dispatch_pk in delivery.sweep():
        deliver.delay(dispatch_pk)
    for attachment_pk in examining.due():
        examine.delay(attachment_pk)


@shared_task
def wind() -> None:
    """Write beside each open case what is due next; forget how many reports came in hours that are over; hear
    what mail servers sent back.
    """
    clocks.wind_all()
    crowding.forget()
    bouncing.take_folder(settings.BOUNCE_FOLDER)


@shared_task
def keep() -> None:
    """Put away and empty what was closed long enough ago; remove files that nothing names."""
    retention.put_away()
    retention.remove()
    retention.forget_opinions()
    retention.forget_orphans()


@shared_task
def remind() -> None:
    """Tell staff by mail how many cases wait for them."""
    reminders.send()
