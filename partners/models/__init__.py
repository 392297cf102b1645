from .application import Application, Invitation, Message
from .confirmation import ConfirmationRequest
from .profile import LifeCycleStage, PartnerClass, PartnerIndexPage, PartnerPage, PartnerPageQuerySet
from .team import PartnerTeam

__all__ = [
    "Application",
    "ConfirmationRequest",
    "Invitation",
    "LifeCycleStage",
    "Message",
    "PartnerClass",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerPageQuerySet",
    "PartnerTeam",
]
