"""What workers do for those who follow. A message carries a number and nothing else; each task may run
twice.
"""

from celery import shared_task

from . import counting, delivery, subscribing


@shared_task(time_limit=180, soft_time_limit=150)
def ask_to_confirm(subscription_pk: int) -> None:
    """Attempt the letter that asks to confirm, if it is due."""
    delivery.ask_to_confirm(subscription_pk)


@shared_task(time_limit=300, soft_time_limit=270)
def write_to(subscriber_pk: int) -> None:
    """Attempt the letter of the day, if it is due."""
    delivery.write_to(subscriber_pk)


@shared_task
def sweep() -> None:
    """Start every letter that is due: never started, failed and waiting, or left by a dead worker."""
    waiting, subscribers = delivery.due()
    for pk in waiting:
        ask_to_confirm.delay(pk)
    for pk in subscribers:
        write_to.delay(pk)


@shared_task
def forget() -> None:
    """Remove what nobody confirmed in time, and counts that are over."""
    subscribing.forget_lapsed()
    counting.sweep()
