"""The mails about a profile that nobody has confirmed for long.

An organisation is asked, and its moderators are told when it does not answer.
"""

from collections.abc import Sequence

from babel.languages import get_official_languages
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ecca_site.i18n.dates import localized_date
from ecca_site.mail.outbox import Letter, post, post_to
from ecca_site.moderation.models import ReviewTask
from partners.models import ConfirmationRequest, PartnerPage

from . import links


def profile_in_own_language(profiles: Sequence[PartnerPage]) -> PartnerPage:
    """Return the profile in a language of the organisation's country, else the first one."""
    languages = get_official_languages(profiles[0].country, de_facto=True)
    spoken = {code.partition("_")[0] for code in languages}
    for profile in profiles:
        if profile.locale.language_code.partition("-")[0] in spoken:
            return profile
    return profiles[0]


def people_of(profile: PartnerPage) -> QuerySet[AbstractUser]:
    """Return the people of an organisation who can be written to."""
    people = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    return people.filter(groups__role_group__partner_team__translation_key=profile.translation_key)


def ask(request: ConfirmationRequest, profiles: Sequence[PartnerPage], event: str) -> bool:
    """Write to the mailbox of an organisation, or to its people where it has none.

    ``event`` tells one mail of a request from the next: nobody gets the same one twice. Return
    whether anybody is reached.
    """
    profile = profile_in_own_language(profiles)
    language = profile.locale.language_code
    key = f"confirmation:{request.pk}:{event}"

    def compose() -> Letter:
        return question(request, profile)

    if profile.mailbox:
        post_to(profile.mailbox, key, language, compose)
        return True
    people = list(people_of(profile))
    for user in people:
        post_to(user.email, f"{key}:{user.pk}", language, compose, user=user)
    return bool(people)


def question(request: ConfirmationRequest, profile: PartnerPage) -> Letter:
    lines = (
        _(
            "Is your profile on the site of the alliance still correct? Companies and clusters "
            "find you by it."
        ),
        _(
            "With this link you see it and say so by one press; you need not sign in. It is good "
            "for 60 days."
        ),
    )
    return Letter(
        subject=_("Is this still correct? %(title)s") % {"title": profile.title},
        lines=lines,
        facts=facts(profile),
        action=_("Look and confirm"),
        address=links.address_of(request),
    )


def facts(profile: PartnerPage) -> tuple[tuple[str, str], ...]:
    """Return what a mail says of a profile, as pairs of label and value."""
    confirmed_on = localized_date(profile.confirmed_on) if profile.confirmed_on else _("never")
    return (
        (_("Organisation"), profile.legal_name),
        (_("Confirmed on"), confirmed_on),
        (_("Complete"), f"{profile.completeness}\N{NO-BREAK SPACE}%"),
    )


def moderators_of(profile: PartnerPage) -> list[AbstractUser]:
    """Return the people in the groups of a profile's workflow, or else the administrators."""
    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    workflow = profile.get_workflow()
    if workflow is not None:
        tasks = ReviewTask.objects.filter(workflow_tasks__workflow=workflow)
        moderators = list(users.filter(groups__in=tasks.values("groups")).distinct())
        if moderators:
            return moderators
    return list(users.filter(is_superuser=True))


def tell_moderators(
    request: ConfirmationRequest, profiles: Sequence[PartnerPage], *, is_asked: bool
) -> None:
    """Write to the moderators of an organisation that did not answer.

    Where nobody of it could be asked, the mail says that instead.
    """
    profile = PartnerPage.objects.get(pk=profiles[0].pk)

    def compose() -> Letter:
        silent = _(
            "This organisation did not answer two mails that asked whether its profile is correct."
        )
        unknown = _(
            "Neither a mailbox nor a person is known whom we could ask whether its profile is "
            "correct."
        )
        return Letter(
            subject=_("Nobody confirms: %(title)s") % {"title": profile.title},
            lines=(silent if is_asked else unknown,),
            facts=(*facts(profile), (_("Mailbox"), profile.mailbox or _("none"))),
            action=_("To the CMS"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
        )

    for user in moderators_of(profile):
        post(user, f"confirmation:{request.pk}:silent", compose)
