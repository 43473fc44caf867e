"""`manage.py demo_staff`: one account of each role, for trials."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from complaints.roles import ROLES


class Command(BaseCommand):
    """Makes the accounts, or gives them new passwords, and prints how to sign in. Refuses in production."""

    help = "Make one staff account of each role, with a fresh password. Not in production."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print name and password of each."""
        if settings.PRODUCTION:
            raise CommandError("This makes accounts with printed passwords; it is for trials only.")
        for role in ROLES:
            password = secrets.token_urlsafe(12)
            user, _made = get_user_model().objects.get_or_create(username=f"demo-{role}")
            user.is_staff, user.is_superuser, user.is_active = True, False, True
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get_or_create(name=role)[0]])
            self.stdout.write(f"{user.get_username():16} {password}")
        self.stdout.write("Sign in at /admin/ of the staff server.")
