"""What people try to do to pictures, documents and speakers.

Everybody's, their own organisation's and another's.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from conferences.models import Speaker
from ecca_site.access import roles
from tests.uploads.test_uploads import picture

from .cells import Action, Request, Scene, is_translation
from .world import LANGUAGES, World

OWNERS = ("common", "own", "used", "foreign")  # "used" is one's own, and on a page
ADDRESSES = {"picture": "wagtailimages", "document": "wagtaildocs"}
MODELS = {
    "picture": ("uploads", "customimage"),
    "document": ("uploads", "customdocument"),
    "speaker": ("conferences", "speaker"),
}


@dataclass
class Thing:
    """One picture or document and whose it is, or one speaker and in which language."""

    world: World
    kind: str
    where: str
    state: object = None  # the review of a speaker, where it is in one

    @property
    def key(self):
        return self.kind, self.where

    @property
    def first_version(self):
        """The primary key of the first version of a speaker."""
        return Speaker.objects.get(pk=self.pk).revisions.order_by("pk").first().pk

    @property
    def exists(self):
        return self.where in self.all_of_its_kind

    @property
    def pk(self):
        return self.all_of_its_kind[self.where]

    @property
    def all_of_its_kind(self):
        kinds = {
            "picture": self.world.images,
            "document": self.world.documents,
            "speaker": self.world.speakers,
        }
        return kinds[self.kind]


def things(world):
    for kind in ("picture", "document"):
        for owner in OWNERS:
            thing = Thing(world, kind, owner)
            if thing.exists:
                yield thing
    for language in LANGUAGES:
        yield Thing(world, "speaker", language)


def files(*actions):
    return lambda person, thing: bool(set(actions) & person.files(thing.where))


def uploads(person, thing):
    """Whoever has but one collection uploads into it, whichever a request names."""
    return "add" in person.files("own") or "add" in person.files(thing.where)


def elsewhere(thing):
    return "foreign" if thing.where in ("own", "used") else "own"


def moves(person, thing):
    return "change" in person.files(thing.where) and "add" in person.files(elsewhere(thing))


def model(*permissions):
    return lambda person, thing: all(
        person.has(f"conferences.{name}_speaker") for name in permissions
    )


def _of(
    kinds, name, address, *outcomes, args=lambda thing: (thing.pk,), data=None, query="", side=(),
    prepare=None,
):  # fmt: skip
    """An action of one or several kinds; the address of a file begins with that of its library."""

    def requests(thing):
        full = address.format(ADDRESSES.get(thing.kind, ""))
        posted = data(thing) if callable(data) else data
        return [Request(full, args(thing), posted, query(thing) if callable(query) else query)]

    return Action(
        name,
        requests,
        outcomes,
        frozenset(side),
        exists=lambda thing: thing.kind in kinds,
        prepare=prepare,
    )


def nothing(thing):
    return ()


BOTH = ("picture", "document")
PICTURE, DOCUMENT, SPEAKER = ("picture",), ("document",), ("speaker",)
SEES_IF = {"change": (files("change"), {"sees"}), "choose": (files("choose"), {"sees"})}
CHANGED = (files("change"), {"files"})


def takes_away(person, thing):
    """What a page uses nobody takes away; anything else goes with "change"."""
    return thing.where != "used" and "change" in person.files(thing.where)


TAKEN_AWAY = (takes_away, {"files"})


def _bulk(kinds, action, *outcomes, **more):
    return _of(kinds, f"{action} as a bulk action", "wagtail_bulk_action", *outcomes,
               **{"data": {}, **more},
               args=lambda thing: (*MODELS[thing.kind], action),
               query=lambda thing: f"?id={thing.pk}")  # fmt: skip


def _with(thing, **more):
    return {
        "title": "Renamed",
        "tags": "",
        "collection": thing.world.collections["own" if thing.where == "used" else thing.where],
        **more,
    }


def _upload(thing):
    name, content = (
        ("x.png", picture("PNG")) if thing.kind == "picture" else ("x.pdf", b"%PDF-1.7\n")
    )
    return _with(thing, file=SimpleUploadedFile(name, content))


FILES = [
    _of(BOTH, "list files", "{}:index_results", SEES_IF["change"], args=nothing,
        query="?collection_id="),
    _of(BOTH, "search files", "{}:index_results", SEES_IF["change"], args=nothing, query="?q=File"),
    _of(BOTH, "open a file", "{}:edit", SEES_IF["change"]),
    _of(PICTURE, "see the usage of a picture", "wagtailimages:image_usage", SEES_IF["change"]),
    _of(DOCUMENT, "see the usage of a document", "wagtaildocs:document_usage", SEES_IF["change"]),
    _of(PICTURE, "see an address of a picture", "wagtailimages:url_generator"),
    _of(BOTH, "list files to choose", "{}_chooser:choose_results", SEES_IF["choose"], args=nothing),
    _of(BOTH, "search files to choose", "{}_chooser:choose_results", SEES_IF["choose"],
        args=nothing, query="?q=File"),
    _of(BOTH, "choose a file", "{}_chooser:chosen", SEES_IF["choose"]),
    _of(BOTH, "choose several files", "{}_chooser:chosen_multiple", SEES_IF["choose"], args=nothing,
        query=lambda thing: f"?id={thing.pk}"),
    _of(PICTURE, "choose how a picture is shown", "wagtailimages_chooser:select_format",
        SEES_IF["choose"]),
    _of(PICTURE, "list pictures by the API", "wagtailadmin_api:images:listing", args=nothing),
    _of(PICTURE, "read a picture by the API", "wagtailadmin_api:images:detail", SEES_IF["choose"]),
    _of(DOCUMENT, "list documents by the API", "wagtailadmin_api:documents:listing", args=nothing),
    _of(DOCUMENT, "read a document by the API", "wagtailadmin_api:documents:detail",
        SEES_IF["choose"]),
    _of(BOTH, "change a file", "{}:edit", CHANGED, data=_with),
    _of(BOTH, "exchange a file", "{}:edit", TAKEN_AWAY, data=lambda thing: _upload(thing)),
    _of(BOTH, "upload a file", "{}:add", (uploads, {"files"}), args=nothing, data=_upload),
    _of(BOTH, "delete a file", "{}:delete", TAKEN_AWAY, data={}, side={"live"}),
    _bulk(BOTH, "delete", TAKEN_AWAY, side={"live"}),
    _bulk(BOTH, "add_to_collection", (moves, {"files"}), data=lambda thing: {
        "collection": thing.world.collections[elsewhere(thing)]}),
]  # fmt: skip


def _in_address(thing):
    return ("conferences", "speaker", thing.pk)


_SPEAKER = "wagtailsnippets_conferences_speaker"
SEES_SPEAKER = (model("change"), {"sees"})
_NAME = {"name": "Changed", "role": "", "organisation": "", "picture": "", "biography": ""}

SPEAKERS = [
    _of(SPEAKER, "list speakers", f"{_SPEAKER}:list", SEES_SPEAKER, args=nothing,
        query=lambda thing: f"?locale={thing.where}"),
    _of(SPEAKER, "open a speaker", f"{_SPEAKER}:edit", SEES_SPEAKER),
    _of(SPEAKER, "see the history of a speaker", f"{_SPEAKER}:history", SEES_SPEAKER),
    _of(SPEAKER, "see the usage of a speaker", f"{_SPEAKER}:usage", SEES_SPEAKER),
    _of(SPEAKER, "choose a speaker", "wagtailsnippetchoosers_conferences_speaker:chosen",
        (lambda person, thing: True, {"sees"})),
    _of(SPEAKER, "read a speaker by the API", "wagtail_localize:snippets_api_detail",
        (lambda person, thing: True, {"sees"}),
        args=lambda thing: ("conferences", "speaker", thing.pk)),
    _of(SPEAKER, "change a speaker", f"{_SPEAKER}:edit", (model("change"), {"snippet drafts"}),
        data=_NAME),
    _of(SPEAKER, "publish a speaker", f"{_SPEAKER}:edit",
        (model("change", "publish"), {"snippet drafts", "speakers"}),
        (model("change"), {"snippet drafts"}),
        data={**_NAME, "action-publish": "1"}),
    _of(SPEAKER, "submit a speaker", f"{_SPEAKER}:edit",
        (model("change"), {"snippet drafts", "reviews"}), data={**_NAME, "action-submit": "1"}),
    _of(SPEAKER, "restore a version of a speaker", f"{_SPEAKER}:revisions_revert",
        (model("change"), {"snippet drafts"}),
        args=lambda thing: (thing.pk, thing.first_version), data=_NAME),
    _of(SPEAKER, "publish an old version of a speaker", f"{_SPEAKER}:revisions_revert",
        (model("change", "publish"), {"snippet drafts", "speakers"}),
        (model("change"), {"snippet drafts"}),
        args=lambda thing: (thing.pk, thing.first_version), data={**_NAME, "action-publish": "1"}),
    _of(SPEAKER, "lock a speaker", f"{_SPEAKER}:lock", (model("lock"), {"speakers"}), data={}),
    _of(SPEAKER, "see the reviews of a speaker", f"{_SPEAKER}:workflow_history", SEES_SPEAKER),
    _of(SPEAKER, "unpublish a speaker", f"{_SPEAKER}:unpublish",
        (model("change", "publish"), {"speakers"}), data={}),
    _of(SPEAKER, "delete a speaker", f"{_SPEAKER}:delete",
        (model("delete"), {"speakers", "snippet drafts"}), data={}),
    _bulk(SPEAKER, "delete", (model("delete"), {"speakers", "snippet drafts"})),
    _of(SPEAKER, "ask to take a speaker offline", "moderation_request_snippet",
        (model("change"), {"reviews"}), args=_in_address,
        data={"kind": "unpublish", "reason": "Because."}),
]  # fmt: skip


# --- While a version of a speaker is under review ------------------------------------------------
def submitted(thing, user):
    """Submit a version of a speaker as a user."""
    speaker = Speaker.objects.get(pk=thing.pk)
    speaker.role = "Chair"
    speaker.save_revision(user=user, log_action=False)
    speaker.get_workflow().start(speaker, user)
    thing.state = speaker.current_workflow_task_state


def _by_others(thing, person):
    submitted(thing, thing.world.author)


def _by_oneself(thing, person):
    submitted(thing, person.user or thing.world.author)


def reviews(person, thing):
    return person.reviews_snippets(roles.SPEAKER, thing.where)


def _under_review(name, address, *outcomes, prepare=_by_others, data=None, **more):
    return _of(SPEAKER, name, address, *outcomes, prepare=prepare, data=data, **more)


def _of_state(thing):
    return (thing.state.pk,)


def _workflow(action):
    return lambda thing: (thing.pk, action, thing.state.pk)


def _superuser(person, thing):
    return person.is_superuser


APPROVED = (reviews, {"speakers", "reviews"})

REVIEWED_SPEAKERS = [
    _under_review("read the review of a speaker", "moderation_review", (reviews, {"sees"}),
        args=_of_state),
    _under_review("see what was submitted of a speaker", "moderation_version", (reviews, {"sees"}),
        args=lambda thing: (thing.state.pk, "submitted")),
    _under_review("approve a speaker", "moderation_review", APPROVED, args=_of_state,
        data={"action": "approve"}),
    _under_review("approve a speaker by Wagtail's address", f"{_SPEAKER}:workflow_action",
        APPROVED, args=_workflow("approve"), data={"comment": ""}),
    _under_review("send a speaker back", f"{_SPEAKER}:workflow_action", (reviews, {"reviews"}),
        args=_workflow("reject"), data={"comment": "No."}),
    _under_review("claim a speaker", "moderation_claim", (reviews, {"reviews"}), args=_of_state,
        data={}),
    _under_review("make an address for a guest", "moderation_guest_add", (reviews, {"guests"}),
        args=_of_state, data={}),
    _under_review("withdraw what others submitted of a speaker", "moderation_withdraw_snippet",
        (_superuser, {"reviews"}), args=_in_address, data={}),
    _under_review("edit a speaker under review", f"{_SPEAKER}:edit", data=_NAME),
    _under_review("publish a speaker under review", f"{_SPEAKER}:edit",
        data={**_NAME, "action-publish": "1"}),
    _under_review("submit a speaker under review", f"{_SPEAKER}:edit",
        data={**_NAME, "action-submit": "1"}),
    _under_review("cancel the review of a speaker", f"{_SPEAKER}:edit",
        data={**_NAME, "action-cancel-workflow": "1"}),
    _under_review("restart the review of a speaker", f"{_SPEAKER}:edit",
        data={**_NAME, "action-restart-workflow": "1"}),
    _under_review("approve a speaker by the editor", f"{_SPEAKER}:edit",
        data={**_NAME, "action-workflow-action": "1", "workflow-action-name": "approve"}),
    _under_review("restore a version under review", f"{_SPEAKER}:revisions_revert",
        args=lambda thing: (thing.pk, thing.first_version),
        data={**_NAME, "action-publish": "1"}),
    _under_review("unpublish a speaker under review", f"{_SPEAKER}:unpublish", data={}),
    _under_review("delete a speaker under review", f"{_SPEAKER}:delete", data={}),
    _bulk(SPEAKER, "delete", prepare=_by_others),
    _under_review("ask while a speaker is under review", "moderation_request_snippet",
        args=_in_address, data={"kind": "delete", "reason": "Because."}),
    _under_review("decide by its data", f"{_SPEAKER}:collect_workflow_action_data",
        args=_workflow("approve"), data={}),
    _under_review("approve one's own speaker", "moderation_review", args=_of_state,
        data={"action": "approve", "comment": "Fine."}, prepare=_by_oneself),
    _under_review("override for one's own speaker", "moderation_review",
        (_superuser, {"speakers", "reviews"}), args=_of_state,
        data={"action": "override", "comment": "Nobody else is in."}, prepare=_by_oneself),
    _under_review("withdraw one's own speaker", "moderation_withdraw_snippet",
        (model("change"), {"reviews"}), args=_in_address, data={}, prepare=_by_oneself),
]  # fmt: skip


# --- Choosing what the choosers do not offer -----------------------------------------------------
def logo_is(owner):
    """Post the profile's editor with a picture that was not chosen, but whose number was
    guessed.
    """

    def requests(scene):
        data = {**scene.form, "logo": str(scene.world.images[owner])}
        return [Request("wagtailadmin_pages:edit", (scene.pk,), data)]

    def may(person, scene: Scene):
        return "change" in person.holds(scene.kind, scene.language) and "choose" in person.files(
            owner
        )

    def passes_over(person, scene: Scene):
        """A translation takes its logo from the original; whatever is sent for it is left."""
        return "change" in person.holds(scene.kind, scene.language) and is_translation(scene)

    return Action(
        f"take the picture of {owner}",
        requests,
        ((passes_over, {"drafts"}), (may, {"drafts"})),
        exists=lambda scene: "logo" in scene.form,
    )


FORGED = [logo_is(owner) for owner in OWNERS]
