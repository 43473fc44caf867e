"""What citizens report, who takes it, how far each delivery has come, and what happened when."""

from .cases import Complaint, Reporter
from .desks import CompetenceRule, Desk
from .dispatches import Acknowledgement, Dispatch
from .events import Event
from .evidence import Attachment
from .words import Message, Note

__all__ = [
    "Acknowledgement",
    "Attachment",
    "CompetenceRule",
    "Complaint",
    "Desk",
    "Dispatch",
    "Event",
    "Message",
    "Note",
    "Reporter",
]
