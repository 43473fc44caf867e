"""The second factor of staff: one-time codes from a telephone, and recovery codes on paper."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import time
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import devices_for_user
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 8
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


@dataclass(frozen=True, slots=True)
class Factor:
    """What a member of staff takes home once; the site never shows it again."""

    account: str
    secret: str = field(repr=False)
    """For typing into the telephone, in base 32."""
    address: str = field(repr=False)
    """The same for its camera."""
    recovery: Sequence[str] = field(repr=False)
    """Each lets in once, when the telephone is lost."""

    def code_now(self) -> str:
        """The code of this moment, as the telephone would show it."""
        device = TOTPDevice.objects.get(user__username=self.account)
        clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
        clock.time = time()
        return f"{clock.token():06d}"


@transaction.atomic
def give(user: User) -> Factor:
    """A new second factor; the one before no longer counts."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()
    phone = TOTPDevice.objects.create(user=user, name="telephone", digits=6)
    paper = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = ["".join(secrets.choice(ALPHABET) for _sign in range(16)) for _code in range(RECOVERY_CODES)]
    for code in codes:
        paper.token_set.create(token=code)
    return Factor(user.get_username(), b32encode(phone.bin_key).decode(), phone.config_url, codes)


def verified(user: Any, code: str) -> Any:
    """The device whose code this is, or None. Each code counts once; too many wrong ones rest the device."""
    wanted = StaticDevice if len(code) > 6 else TOTPDevice
    for device in devices_for_user(user, for_verify=True):
        if isinstance(device, wanted) and device.verify_is_allowed()[0] and device.verify_token(code):
            return device
    return None
