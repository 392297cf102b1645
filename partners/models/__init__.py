from .application import Application, Invitation, Message
from .confirmation import ConfirmationRequest
from .index import PartnerIndexPage
from .profile import PartnerPage
from .queryset import PartnerPageQuerySet
from .team import PartnerTeam
from .terms import LifeCycleStage, PartnerClass

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
