"""The ways in which a letter reaches a desk: the register, one line each."""

from .base import Channel
from .paper import Paper
from .webhook import Webhook

CHANNELS: dict[str, Channel] = {
    "webhook": Webhook(),
    "paper": Paper(),
}
