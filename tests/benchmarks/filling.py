"""A site of any size: pages in three languages, with their versions, reviews and states.

    site = Filled()
    site.grow(3000)

Each news item is there in English and Slovenian, every other one in Polish, too; for ten of them
there is one partner, in English. All were written by one editor or a colleague and approved by one
reviewer. Drafts and what is out of date stay a
share of the whole; what waits for a decision is there from the start, and no more of it comes: that
follows from how many people decide, not from what they have decided.
"""

import datetime
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.models import TranslationState
from news.models import NewsPage
from search.models import Entry
from tests import factories
from tests.many import copy_many

LANGUAGES = ("en", "sl", "pl")
FIRST = 60  # waiting, drafts and stale translations from the start
SHARE = 100  # one page in so many is a draft, another is stale
ITEMS_OF_A_PARTNER = 10
PAGES_OF_AN_ITEM = 2.6  # English, Slovenian, half of the time Polish, a tenth of a partner
BATCH = 500  # rows at a time

hours = count(1)


class Filled:
    """The site, its people, and one page that all others are copies of, in each language."""

    def __init__(self):
        self.home = factories.home_of()
        self.home.body = [
            ("partner_list", {"title": "Partners", "text": ""}),
            ("news_list", {"title": "News", "count": 3}),
        ]
        self.home.save_revision().publish()
        self.index = factories.add_news_index(self.home)
        partners = factories.add_partner_index(self.home)
        self.partner = factories.add_partner(
            partners, title="Brick", slug="brick", themes=["design"], seeks="Bricks", offers="Clay"
        )
        self.other_partner = factories.add_partner(
            partners, title="Clay", slug="clay", country="AT", offers="Clay"
        )
        self.item = factories.add_news(
            self.index, title="Old bricks", slug="old-bricks", summary="Old bricks are laid again."
        )
        self.translations = []
        for code in LANGUAGES[1:]:
            factories.home_of(code)
            factories.translated(self.index, code, slug=f"news-{code}")
            self.translations.append(
                factories.translated(self.item, code, slug=f"old-bricks-{code}")
            )
        setup_site()
        self.admin = get_user_model().objects.create_superuser(
            "filling-admin", "filling-admin@example.org", "x"
        )
        self.editor = person("filling-editor", roles.EDITOR.name)
        self.colleague = person("filling-colleague", roles.EDITOR.name)
        self.reviewer = person(
            "filling-reviewer", *(roles.REVIEWER.group_name(code) for code in LANGUAGES)
        )
        self.reviews = self.item.get_workflow(), self.item.get_workflow().tasks.first()
        self.of_pages = ContentType.objects.get_for_model(Page)
        self.make(FIRST, every=1)

    def grow(self, number):
        """Add so many news items, with translations, partners and all that belongs to them."""
        for start in range(0, number, BATCH):
            self.make(min(BATCH, number - start), every=SHARE)
        copy_many(self.other_partner, number // ITEMS_OF_A_PARTNER)
        analyse()

    def make(self, number, every):
        keys = copy_many(self.item, number)
        originals = in_order(keys, self.item)
        self.give_history(self.item, originals, every)
        for share, first in zip((1, 2), self.translations, strict=True):
            copy_many(first, None, keys[::share])
            translations = in_order(keys[::share], first)
            self.give_history(first, translations, every)
            self.give_states(originals[::share], translations, every)

    def give_history(self, first, pages, every):
        """Give each page a version and its review; the first pages wait for theirs.

        One in ``every`` page is a draft.
        """
        content = first.serializable_data()
        versions, workflow_states, entries = [], [], []
        terms = Entry.objects.get(page=first)
        workflow, _task = self.reviews
        is_first = every == 1
        status = WorkflowState.STATUS_IN_PROGRESS if is_first else WorkflowState.STATUS_APPROVED
        for place, page in enumerate(pages):
            moment = timezone.now() - datetime.timedelta(days=400) + this_long()
            writer = (self.editor, self.colleague)[place % 2]
            versions.append(
                Revision(
                    content_type=self.item.content_type,
                    base_content_type=self.of_pages,
                    object_id=str(page.pk),
                    created_at=moment,
                    user=writer,
                    object_str=page.title,
                    content={**content, "pk": page.pk, "title": page.title},
                )
            )
            workflow_states.append(
                WorkflowState(
                    content_type=self.item.content_type,
                    base_content_type=self.of_pages,
                    object_id=str(page.pk),
                    workflow=workflow,
                    status=status,
                    created_at=moment,
                    requested_by=writer,
                )
            )
            entries.append(
                Entry(
                    page_id=page.pk,
                    title_terms=terms.title_terms,
                    body_terms=f"{terms.body_terms} entop{place % 20} enrare{page.pk}",
                    text=terms.text,
                    date=terms.date,
                )
            )
        Revision.objects.bulk_create(versions)
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                content_type=self.item.content_type,
                label=page.title,
                action="wagtail.publish",
                timestamp=version.created_at,
                user=self.reviewer,
                page_id=page.pk,
                revision=version,
                content_changed=True,
            )
            for page, version in zip(pages, versions, strict=True)
        )
        WorkflowState.objects.bulk_create(workflow_states)
        Entry.objects.bulk_create(entries)
        self.give_steps(versions, workflow_states)
        for place, (page, version) in enumerate(zip(pages, versions, strict=True)):
            page.latest_revision = version
            page.latest_revision_created_at = version.created_at
            page.live_revision = version
            page.has_unpublished_changes = place % every == 0
        Page.objects.bulk_update(
            pages,
            [
                "latest_revision",
                "latest_revision_created_at",
                "live_revision",
                "has_unpublished_changes",
            ],
            batch_size=BATCH,
        )

    def give_steps(self, versions, workflow_states):
        _workflow, task = self.reviews
        of_steps = ContentType.objects.get_for_model(TaskState)
        steps = [
            TaskState(
                workflow_state=state,
                revision=version,
                task=task,
                status=TaskState.STATUS_APPROVED
                if state.status == WorkflowState.STATUS_APPROVED
                else TaskState.STATUS_IN_PROGRESS,
                started_at=state.created_at,
                finished_by=self.reviewer,
                content_type=of_steps,
            )
            for state, version in zip(workflow_states, versions, strict=True)
        ]
        TaskState.objects.bulk_create(steps)
        for state, step in zip(workflow_states, steps, strict=True):
            state.current_task_state = step
        WorkflowState.objects.bulk_update(workflow_states, ["current_task_state"], batch_size=BATCH)

    def give_states(self, originals, translations, every):
        pairs = zip(originals, translations, strict=True)
        TranslationState.objects.bulk_create(
            TranslationState(
                page=translation,
                source=original,
                translated_at=timezone.now(),
                stale_since=timezone.now() if place % every == 2 % every else None,
            )
            for place, (original, translation) in enumerate(pairs)
        )


def person(name, *group_names):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    user.groups.set(Group.objects.filter(name__in=group_names))
    return user


def this_long():
    """Return a time that is longer than all that were returned before."""
    return datetime.timedelta(minutes=next(hours))


def in_order(keys, first):
    """Return the copies with these keys, of the same language as the first page."""
    pages = NewsPage.objects.filter(translation_key__in=keys, locale=first.locale)
    found = {page.translation_key: page for page in Page.objects.filter(pk__in=pages.values("pk"))}
    return [found[key] for key in keys]


def analyse():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
