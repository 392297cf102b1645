"""The guide that the CMS's help menu links: for each role, what it does and how."""

from django.contrib.auth.models import AbstractUser

from ecca_site.access.groups import roles_of

from .parts import Guide
from .texts.administrator import ADMINISTRATOR
from .texts.conference_manager import CONFERENCE_MANAGER
from .texts.editor import EDITOR
from .texts.partner_moderator import PARTNER_MODERATOR
from .texts.partner_organisation import PARTNER_ORGANISATION
from .texts.reviewer import REVIEWER
from .texts.translator import TRANSLATOR

GUIDES = (
    EDITOR,
    PARTNER_MODERATOR,
    CONFERENCE_MANAGER,
    TRANSLATOR,
    REVIEWER,
    PARTNER_ORGANISATION,
    ADMINISTRATOR,
)


def guides_for(user: AbstractUser) -> list[Guide]:
    """Return the guides of a user's roles; administrators see all."""
    if user.is_superuser:
        return list(GUIDES)
    own = roles_of(user)
    return [guide for guide in GUIDES if guide.role in own]
