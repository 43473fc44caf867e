"""Accounts of staff for tests: signed in with both factors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from complaints import roles
from complaints.models import Desk, Member


def account(role: str, name: str = "", **member: Any) -> User:
    """An account of a role; `superuser` and `no role` are staff without one."""
    user, _made = User.objects.get_or_create(
        username=name or role, defaults={"is_staff": True, "is_superuser": role == "superuser"}
    )
    if role in roles.ROLES:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    if role == roles.LIAISON and not member:
        member = {"desk": Desk.objects.get(code="pacc")}
    if member:
        Member.objects.update_or_create(user=user, defaults=member)
    return user


def verified(user: User) -> Client:
    """A client that has signed in with password and second factor."""
    client = Client()
    client.force_login(user)
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery codes")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def signed_in(role: str, name: str = "", **member: Any) -> Client:
    """A client of an account of this role."""
    return verified(account(role, name, **member))
