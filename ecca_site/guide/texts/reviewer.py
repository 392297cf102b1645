from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import DECIDING, Guide

REVIEWER = Guide(
    "reviewer",
    _("Guide for language reviewers"),
    roles.REVIEWER,
    (
        (
            _("What you look after"),
            (
                _("Every page that is written in your language: you read it before visitors do."),
                _("The speakers of conferences are reviewed by themselves, like pages."),
                _(
                    "A page that was written first in your language has no original beside it; "
                    "other languages translate what you approve."
                ),
            ),
        ),
        *DECIDING,
        (
            _("Translations"),
            (
                _("A translation is shown beside what is live and beside its original."),
                _(
                    "Its texts are locked while it waits; approving publishes exactly what you "
                    "read."
                ),
                _(
                    "A page that is bound to other languages goes live when those that are "
                    "required are approved."
                ),
            ),
        ),
    ),
)
