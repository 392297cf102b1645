from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import APPROVAL_TAKEN_BACK, Guide
from ..pictures import Picture

TRANSLATOR = Guide(
    "translator",
    _("Guide for translators"),
    roles.TRANSLATOR,
    (
        (
            _("Translate a page"),
            (
                _(
                    "“Translations” shows what each language has of every page. Open one of yours "
                    "to see its texts."
                ),
                _(
                    "“Work to do” lists what is new or changed, with the number of words; what is "
                    "done stays done."
                ),
                _("Each text stands beside its translation."),
                _(
                    "Some pages were written first in another language than English. They are "
                    "translated in the same way, into English, too."
                ),
                _("Alternative texts of pictures are translated like every other text."),
                _("Links and pictures may be replaced where your language needs others."),
            ),
        ),
        (
            _("From your translation to its readers"),
            (
                _("“Preview” shows the page as visitors will see it."),
                _(
                    "“Submit for review” hands it to the reviewers of your language. Until they "
                    "have decided, visitors see the page as it was and nobody changes its texts."
                ),
                _("“Withdraw” gives it back to you while nobody has decided."),
                _(
                    "What is missing or does not fit keeps a page from being submitted; the editor "
                    "shows it."
                ),
                APPROVAL_TAKEN_BACK,
            ),
        ),
        (
            _("When the original changes"),
            (
                _("You get a mail that says what changed, why, and how many words it is."),
                _(
                    "The editor shows the old and the new original, with what differs marked, and "
                    "your translation."
                ),
                _(
                    "“No change needed …” says, with a reason, that your translation is right as "
                    "it is."
                ),
            ),
            Picture(
                "translate",
                _("The editor of a translation: what changed in the original, and what is yours"),
            ),
        ),
        (
            _("Words, files and machines"),
            (
                _(
                    "“Glossary” has the terms of the trade with their approved forms in every "
                    "language."
                ),
                _(
                    "Above its texts the editor says where one departs from the glossary. That "
                    "never stops you."
                ),
                _(
                    "A PO file takes the texts along for a program of your own. It comes back "
                    "whole, or not at all and with the lines that are wrong."
                ),
                _(
                    "Where the site has a translation machine, its drafts are marked until you "
                    "confirm each. Nothing is submitted before."
                ),
            ),
        ),
    ),
)
