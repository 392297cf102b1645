from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import ASKING, ELSEWHERE, SUBMITTING, TRANSLATING, Guide
from ..pictures import Picture

EDITOR = Guide(
    "editor",
    _("Guide for communications editors"),
    roles.EDITOR,
    (
        (
            _("Write a page"),
            (
                _("Open “Pages”, go to the section and choose “Add child page”."),
                _(
                    "Put texts, pictures and lists together under “Body”. Each kind of block has a "
                    "preview."
                ),
                _("The preview beside the editor shows the page as visitors will see it."),
                _(
                    "Give every picture an alternative text that says what it shows; leave it "
                    "empty for decoration."
                ),
            ),
            Picture("write", _("The editor of a page, with the preview beside it")),
        ),
        SUBMITTING,
        TRANSLATING,
        ELSEWHERE,
        ASKING,
        (
            _("What is not fact"),
            (
                _(
                    "Say in “Sample note”, under “Promote”, what is made up. The page then carries "
                    "a visible mark."
                ),
            ),
        ),
        (
            _("What stands on every page"),
            (
                _(
                    "Footer, funding statement and disclaimer of a language belong to its home "
                    "page, under “On every page”."
                ),
                _(
                    "The address on LinkedIn and the share buttons are those of the original in "
                    "all languages."
                ),
            ),
        ),
    ),
)
