from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import Guide

ADMINISTRATOR = Guide(
    "administrator",
    _("Guide for administrators"),
    roles.ADMINISTRATOR,
    (
        (
            _("People"),
            (
                _("Under “Settings”, “Users” put each person into the groups of their roles."),
                _("Translators and language reviewers have a group for each language."),
                _(
                    "What the group of a role may do is set with each new version of the site. You "
                    "may give it a new name and further permissions: both stay."
                ),
                _("A group that you add yourself opens no part of the CMS: only roles do."),
            ),
        ),
        (
            _("Languages"),
            (
                _(
                    "The settings of the server name a new language first, and its interface texts "
                    "are translated."
                ),
                _(
                    "Under “Settings”, “Languages” set it up: groups, workflows and a draft of "
                    "every public page."
                ),
                _(
                    "It is public from when its home page is approved. Until then nothing of it is "
                    "seen."
                ),
            ),
        ),
        (
            _("Take something offline"),
            (
                _(
                    "Taking a page offline, deleting or moving it does the same to its "
                    "translations: the question names them."
                ),
                _(
                    "Of a speaker you choose which translations go offline, too. None is shown "
                    "without the original."
                ),
                _(
                    "A day to go offline, under “Set schedule”, counts for the translations that "
                    "you choose there: they go offline on that day without a review."
                ),
            ),
        ),
        (
            _("Glossary"),
            (
                _(
                    "Under “Glossary” give each term its approved forms: one a line, the preferred "
                    "one first."
                ),
                _("Inflected forms are recognised; they need no line of their own."),
            ),
        ),
    ),
)
