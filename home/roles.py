"""Who may do what, and who approves what. ``setup_site`` applies it; nothing else gives permissions.

Nobody but administrators holds ``publish``: what a reviewer approves is published by the workflow (see
``ecca_site.moderation``). A page permission on a section counts for everything below it.
"""

from dataclasses import dataclass, field

from .areas import (
    APPLICATIONS,
    CHOOSERS,
    COVERAGE,
    EXPLORER,
    FILES,
    GLOSSARY,
    OWN_PAGES,
    PARTNER_EXPORT,
    PEOPLE,
    PROFILES,
    REGISTRATIONS,
    REPORTS,
    REVIEW,
    SECTIONS,
    SETTINGS,
    SPEAKER_CHOICE,
    SPEAKERS,
    TEXTS,
    TRANSLATION,
)

ROOT = "root"  # the tree of all languages
HOMES = "homes"  # every language's home page
PARTNERS = "partners.PartnerIndexPage"
CONFERENCES = "conferences.ConferenceIndexPage"
NEWS = "news.NewsIndexPage"
OWN_PROFILE = "own profile"  # of a partner organisation, in every language


@dataclass(frozen=True)
class Role:
    """A group: what it may do with the pages of which sections, and which areas of the CMS are open to it.

    With ``is_per_language`` there is one for each language, named after it and limited to its tree; with
    ``is_per_partner`` one for each partner organisation, limited to its profiles and to a collection of its own.
    """

    name: str
    is_per_language: bool = False
    is_per_partner: bool = False
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def group_name(self, of=None):
        """Return the name of the group for a language, or of the one for a partner organisation."""
        if self.is_per_partner:
            return f"{self.name}: {of}"[:150]
        return f"{self.name} ({of})" if self.is_per_language else self.name

    def is_role_of(self, group_name):
        if self.is_per_partner:
            return group_name.startswith(f"{self.name}: ")
        return group_name.startswith(f"{self.name} (") if self.is_per_language else group_name == self.name


CMS = ("wagtailadmin.access_admin",)
STEERING = ("users.steer_pages",)
SPEAKER_LIST = ("conferences.add_speaker", "conferences.change_speaker")
READ_GLOSSARY = ("glossary.view_term",)
REGISTRATION_LIST = ("conferences.view_registration", "conferences.change_registration")
READ_PARTNERS = ("partners.view_partnerpage",)
LIBRARY = ("add", "change", "choose")

WRITING = (EXPLORER, OWN_PAGES, TEXTS, SECTIONS, CHOOSERS, FILES, SPEAKERS, SPEAKER_CHOICE, GLOSSARY, COVERAGE, REPORTS)

ADMINISTRATOR = Role(
    "Administrators",
    pages={ROOT: ("add", "change", "publish", "bulk_delete", "lock", "unlock")},
    files=("add", "change", "delete", "choose"),
    models=(
        *CMS,
        *STEERING,
        *SPEAKER_LIST,
        *REGISTRATION_LIST,
        *READ_PARTNERS,
        "conferences.delete_speaker",
        "conferences.publish_speaker",
        "users.add_user",
        "users.change_user",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        *(f"glossary.{action}_term" for action in ("add", "change", "delete", "view")),
    ),
    areas=(*WRITING, REGISTRATIONS, PARTNER_EXPORT, REVIEW, TRANSLATION, PEOPLE, SETTINGS),
)
EDITOR = Role(
    "Communications editors",
    pages={HOMES: ("add", "change")},
    files=LIBRARY,
    models=(*CMS, *STEERING, *SPEAKER_LIST, *REGISTRATION_LIST, *READ_PARTNERS, *READ_GLOSSARY),
    areas=(*WRITING, REGISTRATIONS, PARTNER_EXPORT),
)
PARTNER_MODERATOR = Role(
    "Partner moderators",
    files=("choose",),
    models=(*CMS, *READ_PARTNERS, "partners.view_application"),
    areas=(PARTNER_EXPORT, APPLICATIONS, REVIEW),
)
CONFERENCE_MANAGER = Role(
    "Conference managers",
    pages={CONFERENCES: ("add", "change")},
    files=LIBRARY,
    models=(*CMS, *STEERING, *SPEAKER_LIST, *REGISTRATION_LIST, *READ_GLOSSARY),
    areas=(*WRITING, REGISTRATIONS),
)
TRANSLATOR = Role(
    "Translators",
    is_per_language=True,
    pages={HOMES: ("change",)},
    files=("choose",),
    models=(*CMS, *READ_GLOSSARY),
    areas=(EXPLORER, OWN_PAGES, TEXTS, CHOOSERS, SPEAKER_CHOICE, TRANSLATION, GLOSSARY, COVERAGE),
)
REVIEWER = Role(
    "Language reviewers",
    is_per_language=True,
    files=("choose",),
    models=(*CMS, *READ_GLOSSARY),
    areas=(REVIEW, GLOSSARY, COVERAGE),
)
PARTNER_ORGANISATION = Role(
    "Partner organisation",
    is_per_partner=True,
    pages={OWN_PROFILE: ("change",)},
    files=LIBRARY,
    models=(*CMS, "partners.add_invitation"),
    areas=(PROFILES, OWN_PAGES, TEXTS, CHOOSERS, FILES),
)

ROLES = (ADMINISTRATOR, EDITOR, PARTNER_MODERATOR, CONFERENCE_MANAGER, TRANSLATOR, REVIEWER, PARTNER_ORGANISATION)


def role_of_group(name):
    """Return the role that a group is of, None for a group that people made."""
    return next((role for role in ROLES if role.is_role_of(name)), None)


@dataclass(frozen=True)
class Review:
    """A workflow of one step: who decides on the pages of a section."""

    name: str
    section: str
    roles: tuple[Role, ...] = ()
    is_for_language_reviewers: bool = True


# The nearest one up the tree counts, so the first covers every section without one of its own.
WORKFLOWS = (
    Review("Language review", section=ROOT),
    Review("Partner moderation", section=PARTNERS, roles=(PARTNER_MODERATOR,)),
)

# What a fresh Wagtail brings along and this site replaces.
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"
