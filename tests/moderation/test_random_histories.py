"""Whatever people do, one after another.

Every live page equals a version that somebody else approved, and at the end visitors read no word
that stands in no approved version, and get no file that no seal names.
"""

import json
import random
from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import FileSystemStorage
from django.test import Client, TestCase
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import Translation

from ecca_site.access import roles
from ecca_site.i18n.languages import url_prefix
from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.models import PageRequest
from ecca_site.moderation.revoking import approved_and_waiting
from partners.models import PartnerTeam
from tests.delivery.shown import check_index
from tests.left_out import SEED

from . import cells, library_cells, world
from .as_read import content_of, live_pages
from .files_shown import Files, files_in
from .fingerprint import PAGE_MODELS, PAGE_TABLE, writes
from .test_matrix import undone

FEW, MANY, VERY_MANY = 5, 50, 2000
ON_PAGES = [*cells.WRITING, *cells.TRANSLATING, *library_cells.FORGED]
DECISIONS = [
    action
    for action in cells.REVIEWING
    if action.name in ("approve", "send back", "approve in the queue")
]
WORK = [
    action
    for action in ON_PAGES
    if action.name in ("save a draft", "submit", "submit with a date", "publish", "schedule",
                       "restore a revision",
                       "translate a text",
                       "import a PO file", "ask to take offline",
                       ("publish in the editor of translations"))
]  # fmt: skip
ON_FILES = [
    action for action in library_cells.FILES if action.name in ("delete a file", "exchange a file")
]
WORK += 6 * [
    action for action in WORK if action.name in ("submit", "submit with a date")
]  # so that there is something to decide
REVOKE = next(action for action in cells.IN_OTHER_STATES if action.name == "take an approval back")
WITHDRAW = next(
    action for action in cells.REVIEWING if action.name == "withdraw what others submitted"
)


class History:
    """Some people at work on some pages, step by step, and what was approved so far."""

    def __init__(self, the_world, number):
        self.world, self.chance = the_world, random.Random(f"{SEED}/{number}")
        self.people = [person for person in the_world.people.values() if self.is_tried(person)]
        self.approved = {pk: [content_of(page)] for pk, page in live_pages().items()}
        self.seen = set(
            TaskState.objects.filter(status=TaskState.STATUS_APPROVED).values_list("pk", flat=True)
        )
        kind, language = self.chance.choice(list(the_world.pages))
        self.focus = [
            (kind, language),
            (kind, self.chance.choice(world.LANGUAGES)),
            (kind, world.SOURCE),
        ]
        self.steps, self.count = [], Counter()
        self.approved_words = set()
        self.files = Files()
        self.offline = set()  # approved to be: what is deleted afterwards can no longer be asked

    @staticmethod
    def is_tried(person):
        return (
            person.user is not None
            and not person.is_superuser
            and person.role is not roles.ADMINISTRATOR
        )

    def run(self):
        if self.chance.random() < 0.5:
            Translation.objects.update(enabled=False)
        for _number in range(self.chance.randint(3, 9)):
            self.step()
        if self.count["changes"]:
            self.read_everything()

    def step(self):
        if self.chance.random() < 0.3 and approved_and_waiting().exists():
            scene = self.approved_scene()
            reviewers = [person for person in self.people if person.reviews(*scene.key)]
            action = REVOKE
            person = self.chance.choice([self.chance.choice(self.people), *reviewers])
        elif self.chance.random() < 0.05:
            scene = library_cells.Thing(self.world, "picture", "used")
            action, person = self.chance.choice(ON_FILES), self.chance.choice(self.people)
        else:
            scene = self.scene()
            action, person = self.choose(scene) if scene else (None, None)
        if (
            action is None
            or not action.exists(scene)
            or (action in cells.REVIEWING and not scene.state)
        ):
            return
        self.steps.append(f"{person.name}: {action.name}, {' '.join(scene.key)}")
        with writes() as tables, TestCase.captureOnCommitCallbacks(execute=True):
            for request in action.requests(scene):
                request.send(person.client)
        self.count["steps"] += 1
        if tables & {
            PAGE_TABLE,
            *PAGE_MODELS,
            "wagtailcore_revision",
            "wagtailcore_taskstate",
            "uploads_customimage",
        }:
            self.count["changes"] += 1
            self.note_approvals()
            self.check()

    def scene(self):
        """Return a page as it is now.

        Mostly what waits for a decision, or what this history is about.
        """
        where = self.chance.choice(
            self.focus if self.chance.random() < 0.8 else list(self.world.pages)
        )
        waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).order_by(
            "pk"
        )
        waiting = [self.world.known.get(("page", int(state.object_id))) for state in waiting]
        if any(waiting) and self.chance.random() < 0.6:
            where = self.chance.choice([each for each in waiting if each])
        scene = cells.Scene(self.world, *where)
        page = Page.objects.filter(pk=scene.pk).first()
        if page is None:
            return None
        scene.state = page.current_workflow_task_state
        return scene

    def approved_scene(self):
        """Return a page of which a version was approved and waits for its date."""
        state = self.chance.choice(list(approved_and_waiting().order_by("pk")))
        page = state.workflow_state.content_object
        scene = cells.Scene(self.world, *self.kind_of(page.specific))
        scene.state = state
        return scene

    def choose(self, scene):
        """Half of what people do makes sense; the other half is whatever they may or may not do."""
        anybody = self.chance.choice(self.people)
        if self.chance.random() < 0.4:
            return self.chance.choice([*ON_PAGES, *cells.REVIEWING]), anybody
        if scene.state is None:
            able = [
                person
                for person in self.people
                if "change" in person.holds(scene.kind, scene.language)
            ]
            return self.chance.choice(WORK), self.chance.choice(able)
        if self.chance.random() < 0.15:
            by_pk = {person.user.pk: person for person in self.people}
            return WITHDRAW, by_pk.get(scene.state.workflow_state.requested_by_id, anybody)
        able = [person for person in self.people if person.reviews(scene.kind, scene.language)]
        return self.chance.choice(DECISIONS), self.chance.choice(able or [anybody])

    def note_approvals(self):
        """Take what reviewers approved since the last step for approved, if it was theirs to
        approve.
        """
        self.forget_revocations()
        people = {person.user.pk: person for person in self.people}
        states = TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exclude(
            pk__in=self.seen
        )
        for state in states.select_related("workflow_state", "revision"):
            self.seen.add(state.pk)
            self.count["approvals"] += 1
            self.files.approve(state)
            page = state.revision.as_object()
            reviewer = people[state.finished_by_id]
            assert reviewer.reviews(*self.kind_of(page)), self.story(
                "approved by nobody who reviews it"
            )
            assert reviewer.user.pk not in (
                state.workflow_state.requested_by_id,
                state.revision.user_id,
            ), self.story("approved by its author")
            self.approved.setdefault(page.pk, []).append(content_of(page))
            self.approved_words |= world.words_of(json.dumps(state.revision.content))

    def forget_revocations(self):
        """Take what reviewers took back since the last step for not approved."""
        revoked = TaskState.objects.filter(pk__in=self.seen).exclude(
            status=TaskState.STATUS_APPROVED
        )
        for state in revoked.select_related("revision"):
            self.seen.discard(state.pk)
            self.count["revocations"] += 1
            page = state.revision.as_object()
            self.approved[page.pk].remove(content_of(page))

    def kind_of(self, page):
        if ("page", page.pk) in self.world.known:
            return self.world.known["page", page.pk]
        model = type(page)
        kind = next(
            kind for (kind, _language), pk in self.world.pages.items()
            if kind != "profile" and Page.objects.filter(pk=pk,
                content_type__model=model._meta.model_name).exists()
        )  # fmt: skip
        return kind, page.locale.language_code

    def check(self):
        live = live_pages()
        for pk, page in live.items():
            now, approved = content_of(page), self.approved.get(pk, [])
            if now not in approved:
                last = approved[-1] if approved else {}
                differs = {
                    name: (last.get(name), value)
                    for name, value in now.items()
                    if last.get(name) != value
                }
                pytest.fail(
                    self.story(f"page {pk} is live as nobody approved it: {differs}"), pytrace=False
                )
        self.offline |= self.taken_offline()
        for pk in self.approved.keys() - live.keys():
            assert pk in self.offline, self.story(f"page {pk} is gone, and nobody approved of that")

    def read_everything(self):
        """Read the site as a visitor does, and find there what was approved alone."""
        visitor = Client()
        files = set()
        for address in self.addresses():
            response = visitor.get(address)
            html = b"".join(response).decode(errors="replace")
            files |= files_in(html)
            shown = world.words_of(html)
            unseen = shown - self.approved_words
            assert not unseen, self.story(f"{address} shows {unseen}, which nobody approved")
            self.count["words"] += len(shown)
        for path in sorted(files):
            fault = self.files.fault(visitor, path)
            assert not fault, self.story(f"{path} {fault}")
            self.count["files"] += 1
        assert list(problems()) == [], self.story("the ledger does not tell of it")
        check_index()

    def addresses(self):
        """Yield the pages that this history may have changed, and where others are listed."""
        kinds = {kind for kind, _language in self.focus} | set(world.INDEXES)
        for page in Page.objects.filter(live=True, depth__gt=1).specific():
            kind, _language = self.world.known.get(("page", page.pk), ("new", None))
            if kind in kinds or kind == "new":
                yield page.get_url()
        for language in world.LANGUAGES:
            for name in ("news.rss", "news.atom", "search/?q=posted", "conferences.ics"):
                yield f"/{url_prefix(language)}/{name}"
            yield f"/api/v2/pages/?locale={language}&fields=*&limit=20"
            yield f"/sitemap-{url_prefix(language)}-1.xml"

    @staticmethod
    def taken_offline():
        """Return the pages of approved requests, with what stands below them."""
        done = PageRequest.objects.filter(workflow_state__status=WorkflowState.STATUS_APPROVED)
        keys = [int(key) for key in done.values_list("workflow_state__object_id", flat=True)]
        pages = Page.objects.filter(pk__in=keys)
        return {page.pk for each in pages for page in each.get_descendants(inclusive=True)}

    def story(self, end):
        return "\n".join([end, *self.steps])


def add_people(the_world):
    """Reviewers and translators of the other languages, a second editor, and people of another
    organisation.
    """
    key = the_world.page("another profile", world.SOURCE).translation_key
    another = PartnerTeam.objects.get(translation_key=key).group
    for name, role, language, group in (
        ("reviewer en", roles.REVIEWER, "en", None),
        ("reviewer pl", roles.REVIEWER, "pl", None),
        ("translator pl", roles.TRANSLATOR, "pl", None),
        ("second editor", roles.EDITOR, None, None),
        ("another partner", roles.PARTNER_ORGANISATION, None, another),
    ):
        group = group or Group.objects.get(name=role.group_name(language))
        the_world.add_person(world.Person(name, role, language), group)
    # Who writes and reviews is where the rule of four eyes is needed.
    both = the_world.people["second editor"]
    both.user.groups.add(Group.objects.get(name=roles.PARTNER_MODERATOR.name))
    both.second_role = roles.PARTNER_MODERATOR


def run(number, capsys, monkeypatch):
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    monkeypatch.setattr(
        FileSystemStorage, "delete", lambda *args: None
    )  # the next history begins with all files
    the_world = world.build()
    add_people(the_world)
    count = Counter()
    for each in range(number):
        with undone():
            history = History(the_world, each)
            history.run()
            count += history.count
    with capsys.disabled():
        print(
            f"\n{number} histories of {count['steps']} steps, {count['changes']} changes and "
            f"{count['approvals']} approvals, {count['revocations']} of them taken back; "
            f"visitors read {count['words']} times what was typed "
            f"and got {count['files']} files; seed {SEED}"
        )
    assert count["changes"] > number / 2
    assert count["files"] > number / 2
    if number >= MANY:  # of a few it may be that none is approved
        assert count["approvals"] > number / 20
        assert count["words"] > number / 20


@pytest.mark.one_transaction
@pytest.mark.django_db
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(FEW, marks=pytest.mark.share),
        pytest.param(MANY, marks=pytest.mark.whole),
        pytest.param(VERY_MANY, marks=pytest.mark.soak),
    ],
)
def test_what_is_live_was_approved_after_every_step(site, capsys, monkeypatch, number):
    run(number, capsys, monkeypatch)
