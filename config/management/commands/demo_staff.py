"""`manage.py demo_staff`: one account of each role with its second factor, for trials."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from complaints import roles
from complaints.models import Desk, Member
from config import admission, second_factor

ADMINISTRATOR = "administrator"
"""The system administrator: a superuser without a role, who sees no content."""
LIAISON_DESK = "pacc"


class Command(BaseCommand):
    """Makes the accounts, or gives them new passwords, and prints how to sign in. Refuses in production."""

    help = "Make one staff account of each role, with a fresh password and second factor. Not in production."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print name, password, secret and present code of each."""
        if settings.PRODUCTION:
            raise CommandError("This makes accounts with printed passwords; it is for trials only.")
        self.stdout.write(f"{'account':20} {'password':18} {'code now':9} secret for a telephone")
        for role in (*roles.ROLES, ADMINISTRATOR):
            user, password = _account(role)
            factor = second_factor.give(user)
            admission.forget(factor.account)
            self.stdout.write(f"{factor.account:20} {password:18} {factor.code_now():9} {factor.secret}")
        self.stdout.write("Sign in at /admin/ of the staff server. A code counts once, for half a minute.")
        self.stdout.write("Later codes: put the secret into any authenticator, as a time-based code.")


def _account(role: str) -> tuple[User, str]:
    password = secrets.token_urlsafe(12)
    user, _made = User.objects.get_or_create(username=f"demo-{role}")
    user.is_staff, user.is_superuser, user.is_active = True, role == ADMINISTRATOR, True
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role)[0]] if role in roles.ROLES else [])
    if role == roles.LIAISON:
        desk = Desk.objects.filter(code=LIAISON_DESK).first()
        Member.objects.update_or_create(user=user, defaults={"desk": desk})
    return user, password
