"""The roles, each with what it may do, and who approves what. ``setup_site`` applies them.

A role is found by its key, which stands in ``access.models.RoleGroup``; its name is only what its
group is called when it is made.

Nobody but administrators holds ``publish``: what a reviewer approves is published by the workflow
(see ``ecca_site.moderation``). A page permission on a section counts for everything below it.
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
HOMES = "home.HomePage"
PARTNERS = "partners.PartnerIndexPage"
CONFERENCES = "conferences.ConferenceIndexPage"
NEWS = "news.NewsIndexPage"
SPEAKER = "conferences.Speaker"
OWN_PROFILE = "own profile"  # of a partner organisation, in every language


@dataclass(frozen=True)
class Role:
    """A group: its permissions on the pages of sections, and the areas of the CMS that it opens.

    With ``is_per_language`` there is one for each language, limited to its tree; with
    ``is_per_partner`` one for each partner organisation, limited to its profiles and to a
    collection of its own.
    """

    key: str
    name: str
    is_per_language: bool = False
    is_per_partner: bool = False
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def group_name(self, of: str | None = None) -> str:
        """Return the name of a new group of the role, ``of`` a language or an organisation."""
        if self.is_per_partner:
            return f"{self.name}: {of}"[:150]
        if self.is_per_language:
            return f"{self.name} ({of})"
        return self.name


CMS = ("wagtailadmin.access_admin",)
STEERING = ("users.steer_pages",)
SPEAKER_LIST = ("conferences.add_speaker", "conferences.change_speaker")
READ_GLOSSARY = ("glossary.view_term",)
REGISTRATION_LIST = ("conferences.view_registration", "conferences.change_registration")
READ_PARTNERS = ("partners.view_partnerpage",)
LIBRARY = ("add", "change", "choose")

WRITING = (
    EXPLORER,
    OWN_PAGES,
    TEXTS,
    SECTIONS,
    CHOOSERS,
    FILES,
    SPEAKERS,
    SPEAKER_CHOICE,
    GLOSSARY,
    COVERAGE,
    REPORTS,
)

ADMINISTRATOR = Role(
    "administrator",
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
        "conferences.lock_speaker",
        "conferences.unlock_speaker",
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
    "editor",
    "Communications editors",
    pages={HOMES: ("add", "change")},
    files=LIBRARY,
    models=(*CMS, *STEERING, *SPEAKER_LIST, *REGISTRATION_LIST, *READ_PARTNERS, *READ_GLOSSARY),
    areas=(*WRITING, REGISTRATIONS, PARTNER_EXPORT),
)
PARTNER_MODERATOR = Role(
    "partner_moderator",
    "Partner moderators",
    files=("choose",),
    models=(*CMS, *READ_PARTNERS, "partners.view_application"),
    areas=(PARTNER_EXPORT, APPLICATIONS, REVIEW),
)
CONFERENCE_MANAGER = Role(
    "conference_manager",
    "Conference managers",
    pages={CONFERENCES: ("add", "change")},
    files=LIBRARY,
    models=(*CMS, *STEERING, *SPEAKER_LIST, *REGISTRATION_LIST, *READ_GLOSSARY),
    areas=(*WRITING, REGISTRATIONS),
)
TRANSLATOR = Role(
    "translator",
    "Translators",
    is_per_language=True,
    pages={HOMES: ("change",)},
    files=("choose",),
    models=(*CMS, *READ_GLOSSARY),
    areas=(EXPLORER, OWN_PAGES, TEXTS, CHOOSERS, SPEAKER_CHOICE, TRANSLATION, GLOSSARY, COVERAGE),
)
REVIEWER = Role(
    "reviewer",
    "Language reviewers",
    is_per_language=True,
    files=("choose",),
    models=(*CMS, *READ_GLOSSARY),
    areas=(REVIEW, GLOSSARY, COVERAGE),
)
PARTNER_ORGANISATION = Role(
    "partner_organisation",
    "Partner organisation",
    is_per_partner=True,
    pages={OWN_PROFILE: ("change",)},
    files=LIBRARY,
    models=(*CMS, "partners.add_invitation"),
    areas=(PROFILES, OWN_PAGES, TEXTS, CHOOSERS, FILES),
)

ROLES = (
    ADMINISTRATOR,
    EDITOR,
    PARTNER_MODERATOR,
    CONFERENCE_MANAGER,
    TRANSLATOR,
    REVIEWER,
    PARTNER_ORGANISATION,
)


def role_of(key: str) -> Role | None:
    """Return the role of a key, None for one that is no longer said."""
    for role in ROLES:
        if role.key == key:
            return role
    return None


@dataclass(frozen=True)
class Review:
    """A workflow of one step: the people who decide on the pages of a section.

    ``snippets`` are the models of what they decide on besides: it has no place in a tree.

    It is found by its key (``access.models.ReviewWorkflow``); the name is that of a new one.
    """

    key: str
    name: str
    section: str
    roles: tuple[Role, ...] = ()
    snippets: tuple[str, ...] = ()
    is_for_language_reviewers: bool = True


# The nearest one up the tree counts, so the first covers every section without one of its own.
WORKFLOWS = (
    # Conferences have no workflow of their own: who reviews them reviews their speakers.
    Review("language", "Language review", section=ROOT, snippets=(SPEAKER,)),
    Review("partner", "Partner moderation", section=PARTNERS, roles=(PARTNER_MODERATOR,)),
)

# What a fresh Wagtail brings along and this site replaces.
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"
