"""What people try to do to a page, by which route, what it takes by ``access.roles``, and what it
then changes.

An action is sent through HTTP as a browser sends it; whether it may have its effect is not said for
any role here, but worked out from the role's page permissions, model permissions, areas and
workflows.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageSubscription, TaskState, WorkflowPage, WorkflowState
from wagtail_localize.models import Translation

from .world import INDEXES, PARENTS, SOURCE, World, mark, word

STEER = "users.steer_pages"
LATER = (timezone.now() + datetime.timedelta(days=400)).strftime("%Y-%m-%d %H:%M")
JSON = {"HTTP_ACCEPT": "application/json"}
PAGE_MODEL = ("wagtailcore", "page")


@dataclass
class Scene:
    """One page in one state, with what is sent about it."""

    world: World
    kind: str
    language: str
    state: object = None  # its review, where it is in one

    @property
    def key(self):
        return self.kind, self.language

    @property
    def pk(self):
        return self.world.pages[self.kind, self.language]

    @cached_property
    def form(self):
        """What the page's editor would post unchanged, when first asked for."""
        return as_posted(self.page, self.world.people["superuser"].user)

    @cached_property
    def page(self):
        return self.world.page(self.kind, self.language)

    @cached_property
    def parent(self):
        return Page.objects.get(pk=self.pk).get_parent()

    @cached_property
    def translation(self):
        return Translation.objects.filter(
            source__object_id=self.page.translation_key, target_locale=self.page.locale
        ).first()

    @cached_property
    def source(self):
        return (
            Translation.objects.filter(source__object_id=self.page.translation_key).first().source
        )


def as_posted(page, user):
    """Return what the page's editor would post if nothing was typed."""
    page = page.get_latest_revision_as_object()
    form = page.get_edit_handler().get_form_class()(
        instance=page,
        for_user=user,
        parent_page=page.get_parent(),
        subscription=PageSubscription(page=page, user=user),
    )
    data = {}
    for name in form.fields:
        bound = form[name]
        if hasattr(bound.field, "block"):  # a stream
            data[f"{name}-count"] = "0"
            continue
        value = (
            bound.field.widget.format_value(bound.value())
            if hasattr(bound.field.widget, "format_value")
            else None
        )
        data[name] = "" if value is None else value
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return data


@dataclass(frozen=True)
class Request:
    address: str
    args: tuple = ()
    data: object = None  # None is read, anything else is posted
    query: str = ""
    method: str = ""
    headers: dict = field(default_factory=dict)

    def send(self, client):
        path = reverse(self.address, args=self.args) + self.query
        if self.method:
            return client.generic(self.method, path, self.data, **self.headers)
        if self.data is None:
            return client.get(path, **self.headers)
        return client.post(path, self.data, **self.headers)


@dataclass(frozen=True)
class Action:
    """Something to try. Of its outcomes the first counts whose rule lets a person; where none does,
    nothing changes.

    The outcome "sees" means that the draft of the page shows in the answer.
    """

    name: str
    requests: Callable[[Scene], list[Request]]
    outcomes: tuple
    side: frozenset = frozenset()  # what may change along with it
    exists: Callable[[Scene], bool] = lambda scene: True
    prepare: Callable[[Scene, object], None] | None = (
        None  # what the page went through before, with a person
    )

    @property
    def is_reading(self):
        return any("sees" in effect for _rule, effect in self.outcomes)

    def expected(self, person, scene, requests):
        if all(person.opens(request.address, request.args) for request in requests):
            for rule, effect in self.outcomes:
                if rule(person, scene):
                    return set(effect)
        return set()


def holds(*permissions):
    return lambda person, scene: set(permissions) <= person.holds(scene.kind, scene.language)


def holds_above(*permissions):
    """On the page above: for what adds to it or sorts its pages.

    Above home pages there is the root of all.
    """

    def may(person, scene):
        parent = PARENTS[scene.kind]
        if parent is None:
            root = person.role.pages.get("root", ()) if person.role else ()
            return person.is_superuser or set(permissions) <= set(root)
        return set(permissions) <= person.holds(parent, scene.language)

    return may


def translates(person, scene):
    """Into Spanish, which has a home page alone.

    Its translators, and who may add pages below that.
    """
    return person.is_superuser or person.language == "es" or "add" in person.holds("home", "es")


def both(*rules):
    return lambda person, scene: all(rule(person, scene) for rule in rules)


def explores(person, scene):
    return person.explores(scene.kind, scene.language)


def lists(person, scene):
    return explores(person, scene) and person.explores_above(scene.kind, scene.language)


def reviews(person, scene):
    return person.reviews(scene.kind, scene.language)


def takes_away(person, scene):
    """Deleting: a live page takes publishing, and one with pages below it takes deleting in
    bulk.
    """
    needed = {"add", "change", "publish"} | ({"bulk_delete"} if scene.kind in INDEXES else set())
    return needed <= person.holds(scene.kind, scene.language)


def is_leaf(scene):
    return scene.kind not in INDEXES


def is_translation(scene):
    return scene.language != SOURCE


# --- Reading -------------------------------------------------------------------------------------
def _read(name, address, args=None, query="", rule=None):
    def requests(scene):
        return [
            Request(
                address,
                args(scene) if args else (scene.pk,),
                query=query(scene) if callable(query) else query,
            )
        ]

    return Action(name, requests, ((rule or holds("change"), {"sees"}),))


def _revision(scene):
    return scene.page.revisions.order_by("-pk").first().pk


def _children(scene):
    parent = scene.parent
    return f"?for_explorer=1&fields=*&limit=20&child_of={'root' if parent.is_root() else parent.pk}"


READING = [
    _read("list in the explorer", "wagtailadmin_explore", lambda scene: (scene.parent.pk,),
        rule=lists),
    _read("search", "wagtailadmin_pages:search", lambda scene: (),
          lambda scene: f"?q={scene.page.title.split()[0]}",
          rule=explores),
    _read("read by the API", "wagtailadmin_api:pages:detail", query="?fields=*", rule=explores),
    _read("list by the API", "wagtailadmin_api:pages:listing", lambda scene: (), _children,
        rule=explores),
    _read("open the editor", "wagtailadmin_pages:edit"),
    _read("see the draft", "wagtailadmin_pages:view_draft"),
    _read("see the history", "wagtailadmin_pages:history"),
    _read("see the usage", "wagtailadmin_pages:usage"),
    _read("see a revision", "wagtailadmin_pages:revisions_view",
        lambda scene: (scene.pk, _revision(scene))),
    _read("compare revisions", "wagtailadmin_pages:revisions_compare",
        lambda scene: (scene.pk, "live", "latest")),
    _read("see its reviews", "wagtailadmin_pages:workflow_history"),
]  # fmt: skip


LISTS = [action for action in READING if "list" in action.name]


# --- Writing -------------------------------------------------------------------------------------
def _edit(name, *outcomes, headers=None, revision=False, prepare=None, **changes):
    """Post the page's editor, with all fields that a superuser's form has."""

    def requests(scene):
        data = {**scene.form, "title": f"Posted {word()} {mark('page', scene.pk)}", **changes}
        data |= {name: value(scene) for name, value in data.items() if callable(value)}
        if revision:
            data["revision"] = str(scene.page.revisions.order_by("pk").first().pk)
        return [Request("wagtailadmin_pages:edit", (scene.pk,), data, headers=headers or {})]

    return Action(name, requests, outcomes, prepare=prepare)


def _post(
    name, address, *outcomes, args=None, data=None, query="", side=(), exists=lambda scene: True,
    headers=None,
    prepare=None,
):  # fmt: skip
    def requests(scene):
        posted = data(scene) if callable(data) else (data or {})
        path = args(scene) if args else (scene.pk,)
        return [
            Request(
                address,
                path,
                posted,
                query(scene) if callable(query) else query,
                headers=headers or {},
            )
        ]

    return Action(name, requests, outcomes, frozenset(side), exists, prepare)


def _bulk(name, action, *outcomes, **more):
    return _post(
        f"{name} as a bulk action", "wagtail_bulk_action", *outcomes,
        args=lambda scene: (*PAGE_MODEL, action),
        query=lambda scene: f"?id={scene.pk}", **more,
    )  # fmt: skip


def _copy(scene, **more):
    return {"new_title": "Copy", "new_slug": "copy", "new_parent_page": scene.parent.pk, **more}


def _beside(scene):
    model = scene.page._meta
    return model.app_label, model.model_name, scene.parent.pk


def _new(scene, **more):
    return {**scene.form, "title": "New", "slug": "new", **more}


DRAFT = (holds("change"), {"drafts"})
PUBLISHED = (holds("change", "publish"), {"drafts", "live"})
STEERS = both(
    holds("change", "publish"),
    lambda person, scene: person.has(STEER) and "go_live_at" in scene.form,
)
OFFLINE = (holds("publish"), {"live", "drafts"})
GONE = (takes_away, {"live", "drafts", "tree"})
GONE_ALONG = {
    "files",  # the empty collection of an organisation that nobody is of
    "languages",
    "permissions",
    "workflows",
    "reviews",
    "strings",
    "schedule",
}  # what stands and falls with a page
MOVED = (both(holds("add", "change", "publish"), holds_above("add", "publish")), {"tree"})
COPIED = (both(holds("add", "change"), holds_above("add")), {"drafts", "tree"})
COPIED_LIVE = both(holds("add", "change", "publish"), holds_above("add", "publish"))
NEW_TEAM = {"permissions", "files"}  # a new profile gets a group and a collection
NEW_SECTION = {
    *NEW_TEAM,
    "workflows",
}  # a list that comes with its first page gets the review of its kind
LEAF = {"side": NEW_TEAM, "exists": is_leaf}
FROM_SOURCE = {"exists": lambda scene: not is_translation(scene) and scene.kind != "home"}

WRITING = [
    _edit("save a draft", DRAFT),
    _edit("overwrite another's version", headers=JSON, overwrite_revision_id=_revision),
    _edit("submit", (holds("change"), {"drafts", "reviews"}), **{"action-submit": "1"}),
    _edit("submit with a date", (holds("change"), {"drafts", "reviews"}), go_live_at=LATER,
        **{"action-submit": "1"}),
    _edit("publish", PUBLISHED, DRAFT, **{"action-publish": "1"}),
    _edit("restore a revision", DRAFT, revision=True),
    _edit("publish an old revision", PUBLISHED, DRAFT, revision=True, **{"action-publish": "1"}),
    _edit("schedule", (STEERS, {"drafts", "schedule"}), PUBLISHED, DRAFT, go_live_at=LATER,
        **{"action-publish": "1"}),
    _post("unpublish", "wagtailadmin_pages:unpublish", OFFLINE),
    _bulk("unpublish", "unpublish", OFFLINE),
    _bulk("publish", "publish", (holds("publish"), {"live"})),
    _post("delete", "wagtailadmin_pages:delete", GONE, side=GONE_ALONG),
    _bulk("delete", "delete", GONE, side=GONE_ALONG),
    _post("move", "wagtailadmin_pages:move_confirm", MOVED,
        args=lambda scene: (scene.pk, scene.parent.pk)),
    _bulk("move", "move", MOVED, data=lambda scene: {"chooser": scene.parent.pk}),
    _post("sort", "wagtailadmin_pages:set_page_position", (holds_above("publish"), {"tree"})),
    _post("copy", "wagtailadmin_pages:copy", COPIED, data=_copy, **LEAF),
    _post("copy and publish", "wagtailadmin_pages:copy", (COPIED_LIVE, {"drafts", "tree", "live"}),
          COPIED,
          data=lambda scene: _copy(scene, publish_copies="on"), **LEAF),
    _post("copy as an alias", "wagtailadmin_pages:copy",
        data=lambda scene: _copy(scene, alias="on"), **LEAF),
    _post("add beside", "wagtailadmin_pages:add", (holds_above("add"), {"drafts", "tree"}),
          args=_beside, data=_new,
          **LEAF),
    _post("add beside and publish", "wagtailadmin_pages:add",
          (holds_above("add", "publish"), {"drafts", "tree", "live"}),
          (holds_above("add"), {"drafts", "tree"}),
          args=_beside, data=lambda scene: _new(scene, **{"action-publish": "1"}), **LEAF),
    _post("lock", "wagtailadmin_pages:lock", (holds("lock"), {"locks"})),
    _post("convert an alias", "wagtailadmin_pages:convert_alias"),
    _post("make private", "wagtailadmin_pages:set_privacy", data={"restriction_type": "login"}),
    _post("ask to take offline", "moderation_request", (holds("change"), {"reviews"}),
          data={"kind": "unpublish", "reason": "Because."}),
    _post("take the workflow away", "wagtailadmin_workflows:remove",
          (lambda person, scene: person.has("wagtailcore.change_workflow"), {"workflows"}),
          exists=lambda scene: WorkflowPage.objects.filter(page=scene.pk).exists()),
    _post("ask for a translation", "translation_request",
          (translates, {"strings", "tree", "drafts"}),
          data=lambda scene: {"locales": [scene.world.spanish]}, side={*NEW_SECTION, "live"},
          **FROM_SOURCE),
    _post("synchronise translations", "wagtail_localize:update_translations",
          args=lambda scene: (scene.source.pk,),
          data={"publish_translations": "on"}, **FROM_SOURCE),
    *(
        _post(f"{action} by the API", "wagtailadmin_api:pages:action", headers=JSON,
              args=lambda scene, action=action: (scene.pk, action))
        for action in (
            "publish", "unpublish", "delete", "copy", "move", "convert_alias", "create_alias",
            "copy_for_translation",
            "revert_to_page_revision",
        )
    ),
]  # fmt: skip


# --- While a version is under review -------------------------------------------------------------
def _decide(name, action, effect, comment=""):
    return _post(
        name, "wagtailadmin_pages:workflow_action", (reviews, effect),
        args=lambda scene: (scene.pk, action, scene.state.pk), data={"comment": comment},
    )  # fmt: skip


def _of_state(scene):
    return (scene.state.pk,)


REVIEWING = [
    _read("read the review", "moderation_review", _of_state, rule=reviews),
    _read("see what was submitted", "moderation_version",
        lambda scene: (scene.state.pk, "submitted"), rule=reviews),
    _read("see the queue", "moderation_queue_results", lambda scene: (), rule=reviews),
    _decide("approve", "approve", {"live", "reviews"}),
    _decide("send back", "reject", {"reviews"}, "No."),
    _post("approve in the queue", "moderation_review", (reviews, {"live", "reviews"}),
          args=_of_state,
          data={"action": "approve"}),
    _post("claim", "moderation_claim", (reviews, {"reviews"}), args=_of_state),
    _post("make an address for a guest", "moderation_guest_add", (reviews, {"guests"}),
        args=_of_state),
    # The answer in JSON, which spares the drawing of an editor that is locked anyway.
    _edit("edit what is under review", headers=JSON),
    _edit("publish what is under review", headers=JSON, **{"action-publish": "1"}),
    _edit("submit what is under review", headers=JSON, **{"action-submit": "1"}),
    _edit("cancel the review", **{"action-cancel-workflow": "1"}),
    _edit("restart the review", **{"action-restart-workflow": "1"}),
    _edit("approve by the editor", headers=JSON, **{
        "action-workflow-action": "1", "workflow-action-name": "approve"}),
    _post("withdraw what others submitted", "moderation_withdraw",
          (lambda person, scene: person.is_superuser, {"reviews"})),
    _bulk("publish what is under review", "publish"),
    _bulk("delete what is under review", "delete"),
    _post("unpublish what is under review", "wagtailadmin_pages:unpublish"),
    _post("delete what is under review", "wagtailadmin_pages:delete"),
    _post("decide by its data", "wagtailadmin_pages:collect_workflow_action_data",
          args=lambda scene: (scene.pk, "approve", scene.state.pk)),
    _post("ask while under review", "moderation_request",
        data={"kind": "delete", "reason": "Because."}),
]  # fmt: skip


# --- In other states -----------------------------------------------------------------------------
def submitted_by(scene, user):
    """Submit the page's draft as a user."""
    page = scene.world.page(scene.kind, scene.language)
    page.get_latest_revision_as_object().save_revision(user=user, log_action=False)
    page.get_workflow().start(page, user)
    scene.state = type(page).objects.get(pk=page.pk).current_workflow_task_state


def _by_oneself(scene, person):
    submitted_by(scene, person.user or scene.world.author)


def _locked(scene, person):
    Page.objects.filter(pk=scene.pk).update(
        locked=True, locked_by=scene.world.author, locked_at=timezone.now()
    )


def _scheduled(scene, person):
    moment = timezone.now() + datetime.timedelta(days=3)
    scene.page.revisions.filter(pk=_revision(scene)).update(approved_go_live_at=moment)


def _approved_for_later(scene, person):
    submitted_by(scene, scene.world.author)
    scene.state.status = TaskState.STATUS_APPROVED
    scene.state.save()
    scene.state.workflow_state.status = WorkflowState.STATUS_APPROVED
    scene.state.workflow_state.save()
    _scheduled(scene, person)


def _offline(scene, person):
    scene.world.page(scene.kind, scene.language).unpublish()


def is_superuser(person, scene):
    return person.is_superuser


def is_translated_leaf(scene):
    return is_leaf(scene) and is_translation(scene)


def is_source_leaf(scene):
    return is_leaf(scene) and not is_translation(scene)


DRAFT_GONE = (holds("add", "change"), {"drafts", "tree"})
DRAFT_MOVED = (both(holds("add", "change"), holds_above("add")), {"tree"})
OWN = {"prepare": _by_oneself}

IN_OTHER_STATES = [
    _post("approve one's own", "wagtailadmin_pages:workflow_action",
          args=lambda scene: (scene.pk, "approve", scene.state.pk), data={"comment": "Fine."},
          **OWN),
    _post("approve one's own in the queue", "moderation_review", args=_of_state,
          data={"action": "approve", "comment": "Fine."}, **OWN),
    _post("override", "moderation_review", (is_superuser, {"live", "reviews"}), args=_of_state,
          data={"action": "override", "comment": "Nobody else is in."}, **OWN),
    _post("withdraw one's own", "moderation_withdraw", (holds("change"), {"reviews"}), **OWN),
    _post("unlock", "wagtailadmin_pages:unlock", (holds("unlock"), {"locks"}), prepare=_locked),
    _edit("edit what another has locked", headers=JSON, prepare=_locked),
    _post("unschedule", "wagtailadmin_pages:revisions_unschedule", (holds("publish"), {"schedule"}),
          args=lambda scene: (scene.pk, _revision(scene)), prepare=_scheduled),
    _edit("edit what is scheduled", headers=JSON, prepare=_scheduled),
    _post("take an approval back", "moderation_revoke", (reviews, {"schedule", "reviews"}),
          args=_of_state, data={"comment": "Wrong."}, prepare=_approved_for_later),
    _post("delete a draft", "wagtailadmin_pages:delete", DRAFT_GONE, side=GONE_ALONG,
          exists=is_translated_leaf,
          prepare=_offline),
    _bulk("delete a draft", "delete", DRAFT_GONE, side=GONE_ALONG, exists=is_translated_leaf,
        prepare=_offline),
    _post("delete a draft with live translations", "wagtailadmin_pages:delete", GONE,
          side=GONE_ALONG,
          exists=is_source_leaf, prepare=_offline),
    _bulk("delete a draft with live translations", "delete", GONE, side=GONE_ALONG,
          exists=is_source_leaf,
          prepare=_offline),
    _post("move a draft", "wagtailadmin_pages:move_confirm", DRAFT_MOVED, exists=is_leaf,
          prepare=_offline,
          args=lambda scene: (scene.pk, scene.parent.pk)),
    _bulk("publish a draft", "publish", (holds("publish"), {"live", "drafts"}), prepare=_offline),
]  # fmt: skip


def is_about_reviews(action):
    """Whether a superuser's part is more than to be let in everywhere."""
    return action in REVIEWING or action.prepare is _by_oneself


# --- The editor of translations ------------------------------------------------------------------
def _string(name, method):
    def requests(scene):
        segment = scene.translation.source.stringsegment_set.order_by("order").first()
        body = f"value=Translated {word()}" if method == "PUT" else ""
        return [
            Request("translation_texts:edit_text", (scene.translation.pk, segment.pk), body,
                    method=method,
                    headers={"content_type": "application/x-www-form-urlencoded"})
        ]  # fmt: skip

    return Action(name, requests, ((holds("change"), {"strings"}),), exists=is_translation)


def _po(scene):
    catalogue = scene.translation.export_po()
    for entry in catalogue:
        entry.msgstr = f"{entry.msgid} {word()}"  # with the links and tags of the original
    return {"file": SimpleUploadedFile("x.po", str(catalogue).encode())}


TRANSLATED = {"args": lambda scene: (scene.translation.pk,), "exists": is_translation}

TRANSLATING = [
    _string("translate a text", "PUT"),
    _string("drop a translated text", "DELETE"),
    _post("import a PO file", "translation_texts:po_upload", (holds("change"), {"strings"}),
        data=_po, **TRANSLATED),
    _post("publish in the editor of translations", "wagtailadmin_pages:edit",
          data={"action": "publish"},
          exists=is_translation),
    _post("stop the translation", "wagtail_localize:stop_translation", **TRANSLATED),
    _post("convert to an alias", "wagtail_localize:convert_to_alias", exists=is_translation),
    _post("translate by machine", "translation_texts:machine_translate", **TRANSLATED),
]  # fmt: skip
