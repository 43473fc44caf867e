"""`acknowledge()`: what a desk says of a delivery, in a signed message. Late, double and forged ones change
nothing.
"""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from .models import Acknowledgement, Dispatch
from .signatures import SignatureError, Signed, said, verify

LONGEST_NUMBER = 100
KINDS = {"complaint.acknowledged": "acknowledged", "complaint.refused": "refused"}


class NotHeard(Exception):
    """Raised if a message is not signed by the desk of the delivery it names, or says nothing we know."""


def acknowledge(body: bytes, signed: Signed) -> bool:
    """Hear a message. True if it changed something; False if it was heard before or comes too late.

    Raises NotHeard, always with the same words: a forger learns nothing.
    """
    kind, data = _said(body)
    dispatch = _dispatch(data.get("received"))
    try:
        keys = _keys(dispatch)
        verify(body, signed, verify_keys=keys, now=int(time.time()))
    except SignatureError as error:
        raise NotHeard from error
    with transaction.atomic():
        _heard, is_new = Acknowledgement.objects.get_or_create(
            desk=dispatch.desk,
            message_id=signed.id,
            defaults={"dispatch": dispatch, "kind": kind},
        )
        return is_new and dispatch.mark_acknowledged(kind, said(data.get("register"), LONGEST_NUMBER))


def _said(body: bytes) -> tuple[str, dict[str, Any]]:
    try:
        message = json.loads(body)
        kind, data = KINDS[message["type"]], message["data"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotHeard from error
    if not isinstance(data, dict):
        raise NotHeard
    return kind, data


def _dispatch(number: Any) -> Dispatch:
    try:
        wanted = UUID(str(number))
    except ValueError as error:
        raise NotHeard from error
    found = Dispatch.objects.select_related("desk", "complaint").filter(number=wanted).first()
    if found is None:
        raise NotHeard
    return found


def _keys(dispatch: Dispatch) -> list[str]:
    """The keys that may sign for the desk of a delivery."""
    if settings.STAND_IN_AGENCY:
        return [settings.STAND_IN_VERIFY_KEY]
    return [dispatch.desk.verify_key] if dispatch.desk.verify_key else []
