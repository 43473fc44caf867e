"""The ways in which a letter reaches a desk: the register, one line each."""

from .base import Channel
from .email import Email
from .paper import Paper
from .pickup import Pickup
from .sftp import Sftp
from .webhook import Webhook

CHANNELS: dict[str, Channel] = {
    "webhook": Webhook(),
    "email": Email(),
    "pickup": Pickup(),
    "sftp": Sftp(),
    "paper": Paper(),
}
