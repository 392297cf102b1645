"""A small whole site for the tests of permissions: every page type in three languages, and a person
of every role.

English is the source, Slovenian the language of the translator and the reviewer, Polish another
one. Every page is live and has a draft, whose title holds a mark that nobody should read who may
not.
"""

import itertools
import re
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client, TestCase
from wagtail.models import Collection, Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from conferences.models import Speaker
from ecca_site.access import areas, roles
from ecca_site.access.site_setup import setup_site
from ecca_site.uploads.models import CustomDocument
from partners.models import PartnerTeam
from partners.teams import setup_partner
from tests import factories

SOURCE, OWN, OTHER = "en", "sl", "pl"
LANGUAGES = (SOURCE, OWN, OTHER)
MARK = re.compile(r"zz([a-z]+)(\d+)zz")
WORD = re.compile(r"typed\d+x")
WORDS = itertools.count()

# Each kind of page with the kind above it. "profile" is that of the partner organisation whose
# people are tried.
PARENTS = {
    "home": None,
    "content": "home",
    "news index": "home",
    "news": "news index",
    "partner index": "home",
    "profile": "partner index",
    "another profile": "partner index",
    "conference index": "home",
    "conference": "conference index",
}
SECTIONS = {
    "partner index": roles.PARTNERS,
    "conference index": roles.CONFERENCES,
    "news index": roles.NEWS,
    "profile": roles.OWN_PROFILE,
    "home": roles.HOMES,
}
INDEXES = {parent for parent in PARENTS.values() if parent}


def lineage(kind):
    """Return a kind with all kinds above it."""
    return [kind, *lineage(PARENTS[kind])] if kind else []


def below(kind):
    return [other for other in PARENTS if kind in lineage(other)]


@dataclass(eq=False)
class Person:
    """Somebody of a role, and what ``access.roles`` says about that role."""

    name: str
    role: roles.Role | None = None
    language: str | None = None
    second_role: roles.Role | None = None  # which only reviews
    is_superuser: bool = False
    user: object = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def opens(self, address, args=()):
        if self.user is None or address in areas.AREAS[areas.CLOSED]:
            return False
        if address == areas.BULK and not self.is_superuser:
            return areas.BULK_AREAS[args[:2]] in self.role.areas
        opened = areas.AREAS.keys() if self.is_superuser else self.role.areas
        return address in areas.EVERYBODY or any(address in areas.AREAS[area] for area in opened)

    def holds(self, kind, language):
        """Return the page permissions of this person on a kind of page in a language."""
        if self.is_superuser:
            return {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
        if self.role is None or (self.language and self.language != language):
            return set()
        sections = {roles.ROOT, *(SECTIONS[each] for each in lineage(kind) if each in SECTIONS)}
        return {
            action
            for section, actions in self.role.pages.items()
            if section in sections
            for action in actions
        }

    def has(self, permission):
        return self.is_superuser or bool(self.role and permission in self.role.models)

    def reviews(self, kind, language):
        """Whether this person decides on pages of a kind.

        By the nearest workflow of ``access.roles`` up the tree.
        """
        if self.is_superuser:
            return True
        sections = [SECTIONS.get(each) for each in lineage(kind)] + [roles.ROOT]
        by_section = {review.section: review for review in roles.WORKFLOWS}
        review = next(by_section[section] for section in sections if section in by_section)
        is_reviewer = review.is_for_language_reviewers and self.role is roles.REVIEWER
        has_role = any(role in review.roles for role in (self.role, self.second_role) if role)
        return has_role or (is_reviewer and self.language == language)

    def reviews_snippets(self, label, language):
        """Whether this person decides on snippets of a model in a language."""
        if self.is_superuser:
            return True
        [review] = [review for review in roles.WORKFLOWS if label in review.snippets]
        is_reviewer = review.is_for_language_reviewers and self.role is roles.REVIEWER
        return self.role in review.roles or (is_reviewer and self.language == language)

    def explores(self, kind, language):
        """In the tree a page shows to whoever holds any permission on it or on a page below it."""
        return any(self.holds(each, language) for each in below(kind))

    def explores_above(self, kind, language):
        """Whether the list in which a page stands shows.

        Of home pages it is the list of all languages.
        """
        if PARENTS[kind]:
            return self.explores(PARENTS[kind], language)
        return self.is_superuser or not (self.role and self.role.is_per_language)

    def files(self, owner):
        """Return what this person may do with the files of the partner tried, of another one, or of
        everybody.
        """
        if self.is_superuser:
            return {"add", "change", "delete", "choose"}
        if self.role is None or (self.role.is_per_partner and owner not in ("own", "used")):
            return set()
        return set(self.role.files)

    def may_know(self, kind, where):
        """Whether a page's draft, or something of the libraries, may show to this person."""
        if kind in ("picture", "document"):
            return bool(self.files(where))
        if kind == "speaker":
            is_chosen = self.opens("wagtailsnippetchoosers_conferences_speaker:chosen")
            return is_chosen or self.reviews_snippets(roles.SPEAKER, where)
        return self.may_know_page(kind, where)

    def may_know_page(self, kind, language):
        """Whether it is this person's business, or on the way to what is.

        Whoever works on a page in one language may know how it is called in the others.
        """
        if self.reviews(kind, language):
            return True
        if self.opens("wagtailadmin_explore"):
            return any(self.explores(kind, each) for each in LANGUAGES)
        return bool(self.holds(kind, language))


@dataclass
class World:
    pages: dict = field(default_factory=dict)  # (kind, language): primary key
    people: dict = field(default_factory=dict)
    collections: dict = field(
        default_factory=dict
    )  # "common", "own" of the partner tried, "foreign" of another
    images: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    speakers: dict = field(default_factory=dict)
    author: object = None  # of what is under review, of no role that is tried
    spanish: int = 0  # a language into which nothing is translated yet

    @cached_property
    def known(self):
        """What each mark stands for.

        A kind of page and its language, or a kind of thing and whose it is.
        """
        return {
            **{("page", pk): where for where, pk in self.pages.items()},
            **{("picture", pk): ("picture", owner) for owner, pk in self.images.items()},
            **{("document", pk): ("document", owner) for owner, pk in self.documents.items()},
            **{("speaker", pk): ("speaker", language) for language, pk in self.speakers.items()},
        }

    def add_person(self, person, group=None):
        """Give somebody an account and sign them in; a stranger has none."""
        self.people[person.name] = person
        if group or person.is_superuser:
            person.user = get_user_model().objects.create_user(
                person.name,
                f"{len(self.people)}@example.org",
                "x",
                is_superuser=person.is_superuser,
            )
            person.user.groups.set([group] if group else [])
            person.client.force_login(person.user)

    def page(self, kind, language):
        return Page.objects.get(pk=self.pages[kind, language]).specific

    def marks(self, html):
        """Return what a text shows that not everybody may see."""
        found = {(kind, int(pk)) for kind, pk in MARK.findall(html)}
        return {self.known[mark] for mark in found if mark in self.known}


def mark(kind, pk):
    return f"zz{kind}{pk}zz"


def word():
    """Return a word that nobody has typed before."""
    return f"typed{next(WORDS)}x"


def words_of(text):
    """Return the words of this kind that stand in a text."""
    return set(WORD.findall(text))


def build():
    """Make the site, its people and their files; the whole is live, with a draft of every page."""
    world = World()
    _english_pages(world)
    _translations(world)
    world.spanish = factories.home_of(
        "es"
    ).locale_id  # so that no home page is the last one: there is where to move it
    setup_site()
    _files(world)
    _people(world)
    for (_kind, _language), pk in world.pages.items():
        page = Page.objects.get(pk=pk).specific
        page.title = f"Draft {mark('page', pk)}"
        page.save_revision(user=world.author)
    return world


def _english_pages(world):
    home = factories.home_of(SOURCE)
    news, partners = factories.add_news_index(home), factories.add_partner_index(home)
    conferences = factories.add_conference_index(home)
    setup_site()
    made = {
        "home": home,
        "content": factories.add_content(home, title="About"),
        "news index": news,
        "news": factories.add_news(news, title="News item"),
        "partner index": partners,
        "profile": factories.add_partner(partners, title="Stone"),
        "another profile": factories.add_partner(partners, title="Timber"),
        "conference index": conferences,
        "conference": factories.add_conference(conferences, title="Meeting"),
    }
    # Something behind each of them, so that moving one to the end changes the tree.
    for parent, add in (
        (home, factories.add_content), (news, factories.add_news),
        (partners, factories.add_partner),
        (conferences, factories.add_conference),
    ):  # fmt: skip
        add(parent, title="The last one")
    world.pages |= {(kind, SOURCE): page.pk for kind, page in made.items()}


def _translations(world):
    """Translate everything by wagtail-localize, parents first, and publish it."""
    tree = Page.objects.filter(locale__language_code=SOURCE, depth__gt=1).order_by("depth", "path")
    sources = [TranslationSource.update_or_create_from_instance(page.specific)[0] for page in tree]
    for language in (OWN, OTHER):
        locale = Locale.objects.get(language_code=language)
        for source in sources:
            for segment in StringSegment.objects.filter(source=source):
                StringTranslation.objects.create(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    data=f"{segment.string.data} {language}",
                )
            translation = Translation.objects.create(source=source, target_locale=locale)
            with TestCase.captureOnCommitCallbacks(
                execute=True
            ):  # which is when wagtail-localize publishes
                translation.save_target(publish=True)
        # What translators wrote since then, and nobody published.
        StringTranslation.objects.update(data=Concat("data", Value(" again")))
        keys = {key: kind for kind in PARENTS for key in [world.page(kind, SOURCE).translation_key]}
        for pk, key in Page.objects.filter(locale=locale, depth__gt=1).values_list(
            "pk", "translation_key"
        ):
            if key in keys:
                world.pages[keys[key], language] = pk


def _files(world):
    """A picture and a document of everybody's, of the partner's own and of another partner's."""
    collections = world.collections
    collections["common"] = Collection.get_first_root_node().pk
    for owner, kind in (("own", "profile"), ("foreign", "another profile")):
        key = world.page(kind, SOURCE).translation_key
        setup_partner(key)
        collections[owner] = PartnerTeam.objects.get(translation_key=key).collection_id
    for owner, collection in {**collections, "used": collections["own"]}.items():
        image = factories.make_image("Picture", size=(400, 250))
        image.description = f"Of {mark('picture', image.pk)}"
        file = ContentFile(b"%PDF-1.7\n", name=f"{owner}.pdf")
        document = CustomDocument.objects.create(title="Document", file=file, file_size=9)
        for each, kind, found in (
            (image, "picture", world.images),
            (document, "document", world.documents),
        ):
            each.title, each.collection_id = f"File {mark(kind, each.pk)}", collection
            each.save()
            found[owner] = each.pk
    profile = world.page("profile", SOURCE)
    profile.logo_id = world.images["used"]
    profile.introduction = (
        f'<p><a linktype="document" id="{world.documents["used"]}">Statutes</a></p>'
    )
    with TestCase.captureOnCommitCallbacks(execute=True):  # the index of what uses what
        profile.save_revision().publish()
    for language in LANGUAGES:
        locale = Locale.objects.get(language_code=language)
        speaker = Speaker.objects.create(locale=locale, name="Speaker")
        speaker.name = f"Speaker {mark('speaker', speaker.pk)}"
        speaker.save_revision().publish()
        world.speakers[language] = speaker.pk


def _people(world):
    world.author = get_user_model().objects.create_user("author", "author@example.org", "x")
    own_team = PartnerTeam.objects.get(
        translation_key=world.page("profile", SOURCE).translation_key
    )
    people = [Person("anonymous"), Person("superuser", is_superuser=True)]
    for role in roles.ROLES:
        people.append(Person(role.name, role, OWN if role.is_per_language else None))
    for person in people:
        if person.is_superuser or person.role is None:
            world.add_person(person)
        elif person.role.is_per_partner:
            world.add_person(person, own_team.group)
        else:
            world.add_person(
                person, Group.objects.get(name=person.role.group_name(person.language))
            )
