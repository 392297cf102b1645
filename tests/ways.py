"""The five ways through the house, really gone: which rooms a step enters, and what it asks.

``make docs`` writes them into ``docs/ways.md``, a test compares. A step is what one person does,
up to the mails that it sends.
"""

import inspect
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.models import Registration
from ecca_site.access import roles
from ecca_site.mail.models import Mail
from partners.models import Application
from tests import factories, forms
from tests.conferences import registering
from tests.drawings import TOPS, room_of
from tests.partners import joining

ROOT = settings.BASE_DIR
# Files that every request or screen passes, and the functions of theirs that only hand on.
MIDDLEWARE = ("middleware.py", "page_cache.py", "gate.py")
HANDING_ON = {"__init__", "__call__", "process_view"}
HOOKS = "wagtail_hooks.py"


@dataclass
class Step:
    """What one person does: the rooms that it enters, each with the file entered first."""

    title: str
    files: dict[str, str] = field(default_factory=dict)
    queries: int = 0


class Tracer:
    """Notes the rooms of the functions that are called while it watches, each once."""

    def __init__(self, files):
        self.files = files
        self.known = {}  # codes that were looked at, by number: kept, so that no other gets it

    def __call__(self, frame, event, argument):
        code = frame.f_code
        if id(code) not in self.known:
            self.known[id(code)] = code
            self.enter(code)
        # None: what the function does line by line is not asked for.

    def enter(self, code):
        place = place_of(code)
        if place is not None:
            self.files.setdefault(*place)

    @contextmanager
    def watching(self):
        before = sys.gettrace()
        sys.settrace(self)
        try:
            yield
        finally:
            sys.settrace(before)


def place_of(code) -> tuple[str, str] | None:
    """Return the room of a function and its file, None where it is not ours or only hands on."""
    path = Path(code.co_filename)
    is_function = code.co_flags & inspect.CO_OPTIMIZED  # modules and classes run when imported
    if not is_function or not path.is_relative_to(ROOT):
        return None
    parts = path.relative_to(ROOT).with_suffix("").parts
    room = room_of(".".join(parts)) if parts[0] in TOPS else None
    hands_on = path.name in MIDDLEWARE and code.co_name in HANDING_ON
    if room is None or hands_on or path.name == HOOKS:
        return None
    return room, "/".join(parts[parts.index(room) :]) + ".py"


class Walk:
    """The steps of a way, one after the other, on a site with empty sections."""

    def __init__(self, sections, person, after_commit):
        self.sections = sections
        self.person = person
        self.after_commit = after_commit
        self.steps = []

    @contextmanager
    def step(self, title):
        step = Step(title)
        tracer = Tracer(step.files)
        queries = CaptureQueriesContext(connection)
        with queries, tracer.watching(), self.after_commit(execute=True):
            yield
        step.queries = len(queries)
        self.steps.append(step)

    def browser_of(self, name, role) -> Client:
        client = Client()
        client.force_login(self.person(name, role.name))
        return client

    def profile(self):
        return factories.add_partner(self.sections["partners"])


# --- The ways ------------------------------------------------------------------------------------
def submission(walk):
    """An editor changes a profile and submits it."""
    walk.person("moderator", roles.PARTNER_MODERATOR.name)
    profile = walk.profile()
    editor = walk.browser_of("editor", roles.EDITOR)
    address = reverse("wagtailadmin_pages:edit", args=[profile.pk])
    with walk.step("The editor opens the profile"):
        html = editor.get(address).content.decode()
    form = next(form for form in forms.forms_of(html) if ("city", "Ljubljana") in form.fields)
    data = {**form.data(("action-submit", "Submit")), "city": "Maribor"}
    with walk.step("The editor submits it"):
        editor.post(address, data)
    assert waiting(profile).status == "in_progress"
    assert Mail.objects.exists()


def approval(walk):
    """A moderator reads what was submitted, and it goes live."""
    profile = walk.profile()
    moderator = walk.browser_of("moderator", roles.PARTNER_MODERATOR)
    submit(profile, walk.person("editor", roles.EDITOR.name))
    with walk.step("The moderator opens the queue"):
        moderator.get(reverse("moderation_queue"))
    address = reverse("moderation_review", args=[waiting(profile).pk])
    with walk.step("The moderator opens the review"):
        moderator.get(address)
    with walk.step("The moderator approves"):
        moderator.post(address, {"action": "approve"})
    profile.refresh_from_db()
    assert profile.city == "Maribor"


def visit(walk):
    """A visitor reads a profile, and then another visitor does."""
    profile = walk.profile()
    address = profile.get_url()
    with walk.step("A visitor reads the profile, the first since it was published"):
        first = Client().get(address)
    with walk.step("Another visitor reads it"):
        assert Client().get(address).content == first.content


def registration(walk):
    """A visitor registers for a conference, and cancels."""
    meeting = registering.open_conference(
        walk.sections["conferences"], capacity=1, has_waiting_list=True
    )
    visitor = Client()
    with walk.step("The visitor opens the form"):
        visitor.get(f"/en/conference/{meeting.pk}/register/")
    with walk.step("The visitor registers, and gets a mail"):
        registering.register(visitor, meeting)
    address = registering.link_in(Mail.objects.latest("pk"))
    registering.register(Client(), meeting, "Waiting")
    with walk.step("The visitor opens the link in it"):
        visitor.get(address)
    with walk.step("The visitor cancels, and who has waited longest gets the place"):
        visitor.post(address, {"action": "cancel"})
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "registered",
    ]


def application(walk):
    """An organisation applies, is admitted, and gets an account."""
    moderator = walk.browser_of("moderator", roles.PARTNER_MODERATOR)
    applicant = Client()
    with walk.step("The applicant opens the form"):
        applicant.get("/en/apply/partner/")
    with walk.step("The applicant sends it, and gets a mail"):
        joining.apply(applicant)
    address = joining.link_in(joining.last_mail())
    with walk.step("The applicant confirms the mailbox: a draft waits for its review"):
        applicant.post(address, {"action": "confirm"})
    profile = Application.objects.get().profile
    review = reverse("moderation_review", args=[waiting(profile).pk])
    with walk.step("A moderator approves it, and the organisation is invited"):
        moderator.post(review, {"action": "approve"})
    invitation = joining.link_in(joining.last_mail(), "invitation")
    answers = {"first_name": "Ana", "last_name": "Kos", "password": "long-enough-timber-7"}
    with walk.step("The applicant sets a password"):
        applicant.post(invitation, {"stamp": joining.new_stamp(), **answers})
    assert applicant.login(username=joining.FIELDS["mailbox"], password=answers["password"])


WAYS = {
    "submission": submission,
    "approval": approval,
    "visit": visit,
    "registration": registration,
    "application": application,
}


def submit(page, user):
    page.city = "Maribor"
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def waiting(page):
    return type(page).objects.get(pk=page.pk).current_workflow_task_state


# --- The document --------------------------------------------------------------------------------
def drawing_of(steps) -> str:
    lines = []
    for number, step in enumerate(steps, start=1):
        files = " → ".join(f"`{file}`" for file in step.files.values())
        lines += [f"{number}. **{step.title}**: {queries_of(step)}.\\", f"   {files}"]
    return "\n".join(lines)


def queries_of(step) -> str:
    if step.queries < 2:
        return ("no query", "1 query")[step.queries]
    return f"{step.queries} queries"
