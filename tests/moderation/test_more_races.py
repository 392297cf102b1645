"""Two acts on one page at the same moment, each in a request of its own.

None of them ends in an error, what they leave behind is the outcome of one after the other, and
what somebody saved is kept.
"""

from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.moderation.ledger.verify import problems
from partners.models import PartnerPage
from tests import factories, forms
from tests.races import MARKS, ROUNDS, at_once, signed_in

pytestmark = MARKS

SAVED = "A city that was saved"
JSON = {"HTTP_ACCEPT": "application/json"}


@dataclass
class Scene:
    """A page, with everybody's client and the editor's form as it was opened."""

    page: PartnerPage
    clients: dict
    form: dict
    state: TaskState | None = None  # under review

    def post(self, who, name, args, data, **headers):
        return self.clients[who].post(reverse(name, args=args), data, **headers)

    def edit(self, who, data, **headers):
        data = {**self.form, **data}
        return self.post(who, "wagtailadmin_pages:edit", [self.page.pk], data, **headers)

    # The acts, by name.
    def approve(self):
        return self.post("moderator", "moderation_review", [self.state.pk], {"action": "approve"})

    def reject(self):
        data = {"action": "reject", "comment": "Because."}
        return self.post("other moderator", "moderation_review", [self.state.pk], data)

    def withdraw(self):
        return self.post("editor", "moderation_withdraw", [self.page.pk], {})

    def save(self):
        return self.edit("editor", {"city": SAVED})

    def autosave(self):
        return self.edit("editor", {"city": SAVED}, **JSON)

    def submit(self):
        return self.edit("editor", {"city": "Submitted", "action-submit": "1"})

    def submit_too(self):
        return self.edit("colleague", {"city": "Submitted, too", "action-submit": "1"})

    def unpublish(self):
        return self.post("admin", "wagtailadmin_pages:unpublish", [self.page.pk], {})

    def publish(self):
        return self.edit("admin", {"city": "Published", "action-publish": "1"})

    def delete(self):
        return self.post("admin", "wagtailadmin_pages:delete", [self.page.pk], {})


# Two decisions at once are tried by ``test_races``, in processes.
RACES = [
    ("approve", "withdraw"),
    ("approve", "save"),
    ("approve", "autosave"),
    ("approve", "unpublish"),
    ("approve", "delete"),
    ("reject", "withdraw"),
    ("withdraw", "save"),
    ("submit", "submit_too"),
    ("submit", "save"),
    ("submit", "publish"),
    ("submit", "delete"),
    ("save", "unpublish"),
    ("publish", "unpublish"),
]
OF_REVIEWS = {"approve", "reject", "withdraw"}


@pytest.fixture
def clients(site, editor, moderator, person):
    admin = get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    people = {
        "editor": editor,
        "colleague": person("colleague", roles.EDITOR.name),
        "moderator": moderator,
        "other moderator": person("other", roles.PARTNER_MODERATOR.name),
        "admin": admin,
    }
    return {name: signed_in(user) for name, user in people.items()}


@pytest.fixture
def scene(partners, clients, editor):
    """Return a function that makes a live page, under review if a race is about that."""
    form = {}

    def make(number, is_reviewed):
        partners.refresh_from_db()
        page = factories.add_partner(partners, title=f"Quarry {number}", city="At first")
        page.save_revision().publish()
        if not form:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            html = clients["editor"].get(address).content.decode()
            found = [each.data() for each in forms.forms_of(html)]
            form.update(next(each for each in found if "city" in each))
        if is_reviewed:
            page.city = "Submitted"
            page.save_revision(user=editor)
            page.get_workflow().start(page, editor)
        opened = {
            "title": page.title,
            "slug": page.slug,
            "loaded_revision_id": page.latest_revision.pk,
            "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
        }
        made = Scene(page, clients, {**form, **opened})
        if is_reviewed:
            made.page = PartnerPage.objects.get(pk=page.pk)
            made.state = made.page.current_workflow_task_state
        return made

    return make


@pytest.mark.parametrize(("one", "other"), RACES)
@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_at_once(scene, one, other, rounds):
    for number in range(rounds):
        made = scene(f"{one} {other} {number}", bool({one, other} & OF_REVIEWS))
        logged = PageLogEntry.objects.count()
        answers = at_once(getattr(made, one), getattr(made, other))
        trace = [(answer.status_code, answer.headers.get("Location")) for answer in answers]
        assert [status for status, _to in trace if status >= 500] == [], trace
        assert list(problems()) == []
        entries = PageLogEntry.objects.order_by("pk")[logged:].values_list("action", flat=True)
        assert_sound(made, list(entries), [trace, list(entries)])


def assert_sound(made, steps, trace):
    """Assert that the page is as its history says."""
    page = PartnerPage.objects.filter(pk=made.page.pk).first()
    if page is None:
        assert not WorkflowState.objects.active().filter(object_id=str(made.page.pk)).exists()
        return
    assert WorkflowState.objects.active().filter(object_id=str(page.pk)).count() <= 1, trace
    if page.live:
        assert page.city == page.live_revision.as_object().city, trace
    if made.state is not None:
        made.state.refresh_from_db()
        is_approved = made.state.status == TaskState.STATUS_APPROVED
        assert steps.count("wagtail.publish") == int(is_approved), trace
        decisions = {"wagtail.workflow.approve", "wagtail.workflow.reject"}
        assert sum(step in decisions for step in steps) <= 1, trace
    saved = [revision.as_object().city for revision in page.revisions.all()]
    if "wagtail.edit" in steps:
        assert page.latest_revision.pk == max(page.revisions.values_list("pk", flat=True)), trace
        assert set(saved) & {SAVED, "Submitted", "Submitted, too", "Published"}, trace
