from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import DECIDING, Guide

PARTNER_MODERATOR = Guide(
    "partner-moderator",
    _("Guide for partner moderators"),
    roles.PARTNER_MODERATOR,
    (
        (
            _("What you look after"),
            (
                _(
                    "Profiles of partners, in every language: none is public before you or a "
                    "reviewer approved it."
                ),
                _(
                    "Who answers neither of two mails about its profile stands on the first page "
                    "of your CMS."
                ),
            ),
        ),
        *DECIDING,
        (
            _("Applications"),
            (
                _(
                    "Who asks to join stands in the queue as a draft profile, with what was "
                    "written beside it."
                ),
                _(
                    "“Applications”, under “Reports”, lists all of them: also those that have no "
                    "draft."
                ),
                _("“Ask the applicant” sends a question; the answer comes to the same page."),
                _(
                    "Approving invites the organisation's people. Declining needs a reason, which "
                    "is mailed."
                ),
            ),
        ),
    ),
)
