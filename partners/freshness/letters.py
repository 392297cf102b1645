"""What an organisation and its moderators are told of a profile that nobody has confirmed for long."""

from babel.languages import get_official_languages
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from ecca_site.core.dates import localized_date
from ecca_site.mail.outbox import Letter, post, post_to
from ecca_site.moderation.models import ReviewTask
from partners.models import PartnerPage, PartnerTeam

from . import links


def profile_in_own_language(profiles):
    """Return the profile in a language of the organisation's country, else the first one."""
    spoken = {code.partition("_")[0] for code in get_official_languages(profiles[0].country, de_facto=True)}
    own = (profile for profile in profiles if profile.locale.language_code.partition("-")[0] in spoken)
    return next(own, profiles[0])


def people_of(profile):
    """Return the people of an organisation who can be written to."""
    people = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    return people.filter(groups__partner_team__in=PartnerTeam.objects.filter(translation_key=profile.translation_key))


def ask(request, profiles, event):
    """Write to the mailbox of an organisation, or to its people where it has none; return whether anybody is reached.

    ``event`` tells one mail of a request from the next: nobody gets the same one twice.
    """
    profile = profile_in_own_language(profiles)
    recipients = [(profile.mailbox, "", None)] if profile.mailbox else []
    recipients = recipients or [(user.email, f":{user.pk}", user) for user in people_of(profile)]
    for address, suffix, user in recipients:
        key = f"confirmation:{request.pk}:{event}{suffix}"
        post_to(address, key, profile.locale.language_code, lambda: question(request, profile), user=user)
    return bool(recipients)


def question(request, profile):
    lines = (
        _("Is your profile on the site of the alliance still correct? Companies and clusters find you by it."),
        _("With this link you see it and say so by one press; you need not sign in. It is good for 60 days."),
    )
    return Letter(
        subject=_("Is this still correct? %(title)s") % {"title": profile.title},
        lines=lines,
        facts=facts(profile),
        action=_("Look and confirm"),
        address=links.address_of(request),
    )


def facts(profile):
    confirmed_on = localized_date(profile.confirmed_on) if profile.confirmed_on else _("never")
    return (
        (_("Organisation"), profile.legal_name),
        (_("Confirmed on"), confirmed_on),
        (_("Complete"), f"{profile.completeness}\N{NO-BREAK SPACE}%"),
    )


def moderators_of(profile):
    """Return who moderates a profile: the groups of its section's workflow, administrators where these are empty."""
    workflow = profile.get_workflow()
    tasks = ReviewTask.objects.filter(workflow_tasks__workflow=workflow) if workflow else ReviewTask.objects.none()
    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    moderators = users.filter(groups__in=tasks.values("groups")).distinct()
    return list(moderators) or list(users.filter(is_superuser=True))


def tell_moderators(request, profiles, *, is_asked):
    """Write to the moderators of an organisation that did not answer, or that nobody could be asked of."""
    profile = PartnerPage.objects.get(pk=profiles[0].pk)

    def compose():
        silent = _("This organisation did not answer two mails that asked whether its profile is correct.")
        unknown = _("Neither a mailbox nor a person is known whom we could ask whether its profile is correct.")
        return Letter(
            subject=_("Nobody confirms: %(title)s") % {"title": profile.title},
            lines=(silent if is_asked else unknown,),
            facts=(*facts(profile), (_("Mailbox"), profile.mailbox or _("none"))),
            action=_("To the CMS"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
        )

    for user in moderators_of(profile):
        post(user, f"confirmation:{request.pk}:silent", compose)
