from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecca_site.access import roles

from ..parts import ASKING, ELSEWHERE, SUBMITTING, TRANSLATING, Guide
from ..pictures import Picture

CONFERENCE_MANAGER = Guide(
    "conference-manager",
    _("Guide for conference managers"),
    roles.CONFERENCE_MANAGER,
    (
        (
            _("Prepare a conference"),
            (
                _("Open “Pages”, go to “Conferences” and choose “Add child page”."),
                _(
                    "Choose the time zone of the conference first: start and end are times of that "
                    "zone."
                ),
                _(
                    "The status is shown on the page, in lists, calendars and to search engines. "
                    "Change it as plans change: once it is approved it counts in all languages at "
                    "once."
                ),
                _(
                    "With “Rescheduled” the page says by itself when the conference was to begin "
                    "before."
                ),
                _("Choose the host: the profile of that organisation lists the conference."),
            ),
        ),
        (
            _("Programme and documents"),
            (
                _("Enter each speaker once under “Speakers”."),
                _(
                    "Speakers are submitted and reviewed like pages: visitors see what was "
                    "approved, and nobody before."
                ),
                _(
                    "Under “Programme” list tracks and rooms with a short key each. Sessions name "
                    "them by it."
                ),
                _("Sessions stand closed, each in one line. They are put in order by their times."),
                _("The gear of a session opens abstract, interpretation, slides and recording."),
                _(
                    "What clashes is said beside the field: a room taken twice, a speaker in two "
                    "places."
                ),
                _(
                    "A session that does not take place is ticked as cancelled, so that calendars "
                    "strike it out."
                ),
                _("After the conference write the report; the page keeps its address."),
            ),
        ),
        (
            pgettext_lazy("section of the guide", "Registrations"),
            (
                _(
                    "Under “Taking part” choose places, waiting list, questions and the text of "
                    "the consent."
                ),
                _(
                    "“Registrations” in the menu lists who comes; search, filter and download the "
                    "list there."
                ),
                _("Badges and the sign-in sheet are pages to print."),
                _(
                    "“Write to participants” sends one mail to many, in each one's language, after "
                    "a preview."
                ),
                _("A place that becomes free goes to whoever has waited longest, by itself."),
                _(
                    "Personal data is erased some months after the end, as the page says; the "
                    "numbers stay."
                ),
            ),
            Picture(
                "desk",
                _("The registrations of a conference: how many came when, and who they are"),
            ),
        ),
        (
            pgettext_lazy("section of the guide", "Contributions"),
            (
                _("A deadline opens the call; after it nothing is taken."),
                _(
                    "“Accept” puts a contribution into the draft of the programme and submits it "
                    "for review."
                ),
                _(
                    "Its speaker waits for a review, too. Where somebody of that name is known, "
                    "you say whether it is the same person."
                ),
                _("The author gets a mail with your message, whether you accept or decline."),
            ),
        ),
        SUBMITTING,
        TRANSLATING,
        ELSEWHERE,
        ASKING,
    ),
)
