from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from ..parts import APPROVAL_TAKEN_BACK, Guide
from ..pictures import Picture

PARTNER_ORGANISATION = Guide(
    "partner-organisation",
    _("Guide for partner organisations"),
    roles.PARTNER_ORGANISATION,
    (
        (
            _("Your profile"),
            (
                _(
                    "“Your profile” lists it in each of its languages. Open one to change what "
                    "visitors read."
                ),
                _("The preview beside the editor shows the profile as visitors will see it."),
                _(
                    "Pictures and documents that you upload are yours: other organisations do not "
                    "see them."
                ),
                _("Under “Colleagues” you invite more people of your organisation, by mail."),
            ),
            Picture(
                "home",
                _("The first page of the CMS: your profile in its languages, and your changes"),
            ),
        ),
        (
            _("From a change to the public page"),
            (
                _("“Save draft” keeps your work; the public profile stays as it is."),
                _("“Submit for review”, in the menu beside it, hands it to the moderators."),
                _(
                    "“Withdraw” gives it back to you while nobody has decided. It keeps its place "
                    "in the queue."
                ),
                _(
                    "You get a mail when it was approved, or sent back with a comment on what to "
                    "change."
                ),
                _(
                    "The comment also stands above the editor. Change the text and choose “Submit "
                    "again”."
                ),
                APPROVAL_TAKEN_BACK,
                _("The first page of the CMS says where everything stands that you submitted."),
            ),
            Picture(
                "submit",
                _(
                    "The menu of the editor: “Submit for review”, “Ask the moderators …”, “Save "
                    "draft”"
                ),
            ),
        ),
        (
            _("Keep your profile true"),
            (
                _(
                    "Above the form stands how complete the profile is, what is missing and why it "
                    "matters."
                ),
                _(
                    "Once a year your mailbox gets a link. One press there says that all is still "
                    "correct."
                ),
                _(
                    "Something has changed? Submit the change first, then confirm with the same "
                    "link."
                ),
                _(
                    "The public page shows the date. Nothing is taken offline because nobody "
                    "confirms."
                ),
            ),
        ),
        (
            _("Take it offline"),
            (
                _(
                    "“Ask the moderators …”, in the same menu, asks to take a page offline or to "
                    "delete it. Until they have decided everything stays as it is."
                ),
            ),
        ),
    ),
)
