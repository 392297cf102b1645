"""The guide that the CMS's help menu links: for each role, what it does and how."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home import roles

from .parts import DECIDING, SUBMITTING, TRANSLATING, Guide, Picture

GUIDES = (
    Guide(
        "editor",
        _("Guide for communications editors"),
        roles.EDITOR,
        (
            (
                _("Write a page"),
                (
                    _("Open “Pages”, go to the section and choose “Add child page”."),
                    _("Put texts, pictures and lists together under “Body”. Each kind of block has a preview."),
                    _("The preview beside the editor shows the page as visitors will see it."),
                    _("Give every picture an alternative text that says what it shows; leave it empty for decoration."),
                ),
            ),
            SUBMITTING,
            TRANSLATING,
            (
                _("What is not fact"),
                (_("Say in “Sample note”, under “Promote”, what is made up. The page then carries a visible mark."),),
            ),
            (
                _("What stands on every page"),
                (
                    _(
                        "Footer, funding statement, disclaimer, LinkedIn and share buttons of a language belong to its "
                        "home page, under “On every page”."
                    ),
                ),
            ),
        ),
    ),
    Guide(
        "partner-moderator",
        _("Guide for partner moderators"),
        roles.PARTNER_MODERATOR,
        (
            (
                _("What you look after"),
                (
                    _("Profiles of partners, in every language: none is public before you or a reviewer approved it."),
                    _("Who answers neither of two mails about its profile stands on the first page of your CMS."),
                ),
            ),
            *DECIDING,
            (
                _("Applications"),
                (
                    _("Who asks to join stands in the queue as a draft profile, with what was written beside it."),
                    _("“Applications”, under “Reports”, lists all of them: also those that have no draft."),
                    _("“Ask the applicant” sends a question; the answer comes to the same page."),
                    _("Approving invites the organisation's people. Declining needs a reason, which is mailed."),
                ),
            ),
        ),
    ),
    Guide(
        "conference-manager",
        _("Guide for conference managers"),
        roles.CONFERENCE_MANAGER,
        (
            (
                _("Prepare a conference"),
                (
                    _("Open “Pages”, go to “Conferences” and choose “Add child page”."),
                    _("Choose the time zone of the conference first: start and end are times of that zone."),
                    _(
                        "The status is shown on the page, in lists, calendars and to search engines. Change it as "
                        "plans change: once it is approved it counts in all languages at once."
                    ),
                    _("With “Rescheduled” the page says by itself when the conference was to begin before."),
                    _("Choose the host: the profile of that organisation lists the conference."),
                ),
            ),
            (
                _("Programme and documents"),
                (
                    _("Enter each speaker once under “Speakers”."),
                    _("Under “Programme” list tracks and rooms with a short key each. Sessions name them by it."),
                    _("Sessions stand closed, each in one line. They are put in order by their times."),
                    _("The gear of a session opens abstract, interpretation, slides and recording."),
                    _("What clashes is said beside the field: a room taken twice, a speaker in two places."),
                    _("A session that does not take place is ticked as cancelled, so that calendars strike it out."),
                    _("After the conference write the report; the page keeps its address."),
                ),
            ),
            (
                pgettext_lazy("section of the guide", "Registrations"),
                (
                    _("Under “Taking part” choose places, waiting list, questions and the text of the consent."),
                    _("“Registrations” in the menu lists who comes; search, filter and download the list there."),
                    _("Badges and the sign-in sheet are pages to print."),
                    _("“Write to participants” sends one mail to many, in each one's language, after a preview."),
                    _("A place that becomes free goes to whoever has waited longest, by itself."),
                    _("Personal data is erased some months after the end, as the page says; the numbers stay."),
                ),
            ),
            (
                pgettext_lazy("section of the guide", "Contributions"),
                (
                    _("A deadline opens the call; after it nothing is taken."),
                    _("“Accept” puts a contribution into the draft of the programme and submits it for review."),
                    _("The author gets a mail with your message, whether you accept or decline."),
                ),
            ),
            SUBMITTING,
            TRANSLATING,
        ),
    ),
    Guide(
        "translator",
        _("Guide for translators"),
        roles.TRANSLATOR,
        (
            (
                _("Translate a page"),
                (
                    _("“Translations” shows what each language has of every page. Open one of yours to see its texts."),
                    _("“Work to do” lists what is new or changed, with the number of words; what is done stays done."),
                    _("Each text stands beside its translation."),
                    _("Alternative texts of pictures are translated like every other text."),
                    _("Links and pictures may be replaced where your language needs others."),
                ),
            ),
            (
                _("From your translation to its readers"),
                (
                    _("“Preview” shows the page as visitors will see it."),
                    _(
                        "“Submit for review” hands it to the reviewers of your language. Until they have decided, "
                        "visitors see the page as it was and nobody changes its texts."
                    ),
                    _("“Withdraw” gives it back to you while nobody has decided."),
                    _("What is missing or does not fit keeps a page from being submitted; the editor shows it."),
                ),
            ),
            (
                _("When the original changes"),
                (
                    _("You get a mail that says what changed, why, and how many words it is."),
                    _("The editor shows the old and the new original, with what differs marked, and your translation."),
                    _("“No change needed …” says, with a reason, that your translation is right as it is."),
                ),
            ),
            (
                _("Words, files and machines"),
                (
                    _("“Glossary” has the terms of the trade with their approved forms in every language."),
                    _("Above its texts the editor says where one departs from the glossary. That never stops you."),
                    _(
                        "A PO file takes the texts along for a program of your own. It comes back whole, or not at all "
                        "and with the lines that are wrong."
                    ),
                    _(
                        "Where the site has a translation machine, its drafts are marked until you confirm each. "
                        "Nothing is submitted before."
                    ),
                ),
            ),
        ),
    ),
    Guide(
        "reviewer",
        _("Guide for language reviewers"),
        roles.REVIEWER,
        (
            (
                _("What you look after"),
                (_("Every page that is written in your language: you read it before visitors do."),),
            ),
            *DECIDING,
            (
                _("Translations"),
                (
                    _("A translation is shown beside what is live and beside its original."),
                    _("Its texts are locked while it waits; approving publishes exactly what you read."),
                    _("A page that is bound to other languages goes live when those that are required are approved."),
                ),
            ),
        ),
    ),
    Guide(
        "partner-organisation",
        _("Guide for partner organisations"),
        roles.PARTNER_ORGANISATION,
        (
            (
                _("Your profile"),
                (
                    _("“Your profile” lists it in each of its languages. Open one to change what visitors read."),
                    _("The preview beside the editor shows the profile as visitors will see it."),
                    _("Pictures and documents that you upload are yours: other organisations do not see them."),
                    _("Under “Colleagues” you invite more people of your organisation, by mail."),
                ),
                Picture(
                    "home",
                    _("The first page of the CMS: your profile in its languages, and your changes"),
                    1000,
                    629,
                ),
            ),
            (
                _("From a change to the public page"),
                (
                    _("“Save draft” keeps your work; the public profile stays as it is."),
                    _("“Submit for review”, in the menu beside it, hands it to the moderators."),
                    _("“Withdraw” gives it back to you while nobody has decided. It keeps its place in the queue."),
                    _("You get a mail when it was approved, or sent back with a comment on what to change."),
                    _("The comment also stands above the editor. Change the text and choose “Submit again”."),
                    _("The first page of the CMS says where everything stands that you submitted."),
                ),
                Picture(
                    "submit",
                    _("The menu of the editor: “Submit for review”, “Ask the moderators …”, “Save draft”"),
                    1000,
                    600,
                ),
            ),
            (
                _("Keep your profile true"),
                (
                    _("Above the form stands how complete the profile is, what is missing and why it matters."),
                    _("Once a year your mailbox gets a link. One press there says that all is still correct."),
                    _("Something has changed? Submit the change first, then confirm with the same link."),
                    _("The public page shows the date. Nothing is taken offline because nobody confirms."),
                ),
            ),
            (
                _("Take it offline"),
                (
                    _(
                        "“Ask the moderators …”, in the same menu, asks to take a page offline or to delete it. Until "
                        "they have decided everything stays as it is."
                    ),
                ),
            ),
        ),
    ),
    Guide(
        "administrator",
        _("Guide for administrators"),
        roles.ADMINISTRATOR,
        (
            (
                _("People"),
                (
                    _("Under “Settings”, “Users” put each person into the groups of their roles."),
                    _("Translators and language reviewers have a group for each language."),
                    _("What a group may do is set with each new version of the site: changes by hand do not last."),
                ),
            ),
            (
                _("Languages"),
                (
                    _("The settings of the server name a new language first, and its interface texts are translated."),
                    _("Under “Settings”, “Languages” set it up: groups, workflows and a draft of every public page."),
                    _("It is public from when its home page is approved. Until then nothing of it is seen."),
                ),
            ),
            (
                _("Glossary"),
                (
                    _("Under “Glossary” give each term its approved forms: one a line, the preferred one first."),
                    _("Inflected forms are recognised; they need no line of their own."),
                ),
            ),
        ),
    ),
)


def guides_for(user):
    """Return the guides of a user's roles; administrators see all."""
    if user.is_superuser:
        return list(GUIDES)
    names = list(user.groups.values_list("name", flat=True))
    return [guide for guide in GUIDES if guide.is_for(names)]
