"""Who may do what, and who approves what. ``setup_site`` applies it; nothing else gives permissions.

Nobody but administrators holds ``publish``: what a reviewer approves is published by the workflow (see
``ecca_site.moderation``). A page permission on a section counts for everything below it.
"""

from dataclasses import dataclass, field

ROOT = "root"  # the tree of all languages
HOMES = "homes"  # every language's home page
PARTNERS = "partners.PartnerIndexPage"
CONFERENCES = "conferences.ConferenceIndexPage"
NEWS = "news.NewsIndexPage"


@dataclass(frozen=True)
class Role:
    """A group. With ``is_per_language`` there is one for each language, named after it, limited to its tree."""

    name: str
    is_per_language: bool = False
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    models: tuple[str, ...] = ()

    def group_name(self, language):
        return f"{self.name} ({language})" if self.is_per_language else self.name


CMS = ("wagtailadmin.access_admin",)
SPEAKERS = ("conferences.add_speaker", "conferences.change_speaker")
FILES = ("add", "change", "choose")

ADMINISTRATOR = Role(
    "Administrators",
    pages={ROOT: ("add", "change", "publish", "bulk_delete", "lock", "unlock")},
    files=("add", "change", "delete", "choose"),
    models=(
        *CMS,
        *SPEAKERS,
        "conferences.delete_speaker",
        "conferences.publish_speaker",
        "users.add_user",
        "users.change_user",
        "wagtail_localize.submit_translation",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
EDITOR = Role("Communications editors", pages={HOMES: ("add", "change")}, files=FILES, models=(*CMS, *SPEAKERS))
PARTNER_MODERATOR = Role("Partner moderators", files=("choose",), models=CMS)
CONFERENCE_MANAGER = Role(
    "Conference managers", pages={CONFERENCES: ("add", "change")}, files=FILES, models=(*CMS, *SPEAKERS)
)
TRANSLATOR = Role("Translators", is_per_language=True, pages={HOMES: ("change",)}, files=("choose",), models=CMS)
REVIEWER = Role("Language reviewers", is_per_language=True, files=("choose",), models=CMS)

ROLES = (ADMINISTRATOR, EDITOR, PARTNER_MODERATOR, CONFERENCE_MANAGER, TRANSLATOR, REVIEWER)


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
