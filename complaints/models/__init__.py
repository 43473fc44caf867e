"""What citizens report, who takes it, how far each delivery has come, and what happened when."""

from .blackening import Blackening
from .cases import Complaint, Reporter
from .changes import Change
from .clocks import Clock, Holiday
from .crowding import SourceCount
from .desks import CompetenceRule, Desk
from .dispatches import Dispatch
from .events import Event
from .evidence import Attachment
from .offices import RegionalOffice
from .opinions import Opinion
from .receipts import Acknowledgement, Handover, Slip
from .replies import ReplyTemplate
from .screening import ScreeningDecision, ScreeningQuestion, ScreeningSheet
from .staffing import Conflict, IdentityRequest, Member
from .tags import Tag
from .words import Message, Note, Redaction

__all__ = [
    "Acknowledgement",
    "Attachment",
    "Blackening",
    "Change",
    "Clock",
    "CompetenceRule",
    "Complaint",
    "Conflict",
    "Desk",
    "Dispatch",
    "Event",
    "Handover",
    "Holiday",
    "IdentityRequest",
    "Member",
    "Message",
    "Note",
    "Opinion",
    "Redaction",
    "RegionalOffice",
    "ReplyTemplate",
    "Reporter",
    "ScreeningDecision",
    "ScreeningQuestion",
    "ScreeningSheet",
    "Slip",
    "SourceCount",
    "Tag",
]
