"""The page of one review.

It shows what is live beside what was submitted, and everything that a decision needs.
"""

import datetime
from http import HTTPStatus

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState
from wagtail.utils.decorators import xframe_options_sameorigin_override

from ecca_site.i18n.languages import html_lang

from .along import Along, along
from .comparison import compare
from .effects import Effects, effects_of
from .items import items_of, place_of
from .models import (
    GuestLink,
    PageRequest,
    ReviewRefused,
    SealBroken,
    is_author,
    log_step,
)
from .reviewable import next_for, reviewable, source_of, steps_of
from .reviewed import Reviewed, in_full, instances_at
from .sealing.display import sealed

GUEST_DAYS = 14  # that an address for a guest lasts


class DecisionForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Needed to request changes. It is mailed to the submitter and stays with the page."
        ),
    )


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "moderation/review.html"
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: object, pk: int, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.pk = pk

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.state = reviewable(request.user, self.pk)
        self.is_request = self.page_request is not None
        self.form = DecisionForm(request.POST if request.method == "POST" else None)
        if self.is_request:
            self.form.fields["comment"].help_text = _(
                "Needed to decline. It is mailed to whoever asked and stays with the page."
            )
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Reviewed:
        """What is under review; where it is a snippet the templates call it a page, too."""
        return self.state.revision.content_object

    @cached_property
    def source(self) -> Reviewed | None:
        return source_of(self.page)

    def get_page_title(self) -> str:
        return _("Review")

    def get_page_subtitle(self) -> str:
        return self.state.revision.object_str

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("moderation_queue"), "label": _("Moderation")},
            {"url": "", "label": _("Review"), "sublabel": self.state.revision.object_str},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        items_of([self.state])
        page = self.page
        user = self.request.user
        submitted = self.state.revision.as_object()
        author = is_author(user, self.state)
        rows = compare(page if page.live else None, submitted, self.source)
        links = GuestLink.objects.filter(revision=self.state.revision)
        return super().get_context_data(
            **kwargs,
            state=self.state,
            item=self.state.item,
            page=page,
            is_page=isinstance(page, Page),
            lang=html_lang(page.locale.language_code),
            submitted=submitted,
            is_edited_since=page.latest_revision_id != self.state.revision_id,
            source=self.source,
            rows=rows,
            panels=self.panels(),
            changed=any(row.state != "same" for row in rows),
            form=self.form,
            is_author=author,
            may_override=author and user.is_superuser,
            claim=getattr(self.state, "claim", None),
            page_request=self.page_request,
            affected=self.affected(),
            asked_along=self.asked_along,
            offered=[each for each in self.asked_along if each.is_offered],
            chosen=self.request.POST.getlist("also"),
            sealed=sealed(self.state),
            steps=steps_of(page),
            following=next_for(user, self.state),
            guest_links=links.prefetch_related("comments"),
            guest_days=GUEST_DAYS,
        )

    @property
    def page_request(self) -> PageRequest | None:
        return getattr(self.state.workflow_state, "page_request", None)

    def affected(self) -> Effects | None:
        """Return the effects of what is asked for, None where a version is under review."""
        request = self.page_request
        if request is None:
            return None
        return effects_of(self.page, request.kind, ())

    @cached_property
    def asked_along(self) -> list["Along"]:
        """What was asked for other languages at the same time, with who may decide it here."""
        if self.page_request is None:
            return []
        return list(along(self.page_request, self.request.user))

    def panels(self) -> list[object]:
        """Return what other rooms show to reviewers of this version."""
        made = (
            make(self.request, self.state, self.page)
            for make in hooks.get_hooks("moderation_review_panels")
        )
        return [panel for panel in made if panel]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Decide, then lead on to the next item; a refused decision keeps what was typed."""
        action = request.POST.get("action")
        if action not in ("approve", "reject", "override"):
            raise Http404
        states = [self.state, *self.chosen_along()]
        titles = [state.revision.object_str for state in states]  # a deletion takes them along
        if self.form.is_valid():
            try:
                self.decide(states, action)
            except ReviewRefused as refusal:
                if not instances_at([place_of(self.state)]):
                    raise  # there is nothing left that the form could be shown beside
                self.form.add_error("comment", str(refusal))
        if not self.form.is_valid():
            # The form is below all that was submitted: where it is refused the page begins there.
            self.form.fields["comment"].widget.attrs["autofocus"] = True
            context = self.get_context_data()
            return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        for title in titles:
            self.say_what_is_done(title, is_rejected=action == "reject")
        following = next_for(request.user, self.state)
        if following is None:
            return redirect("moderation_queue")
        return redirect("moderation_review", following.pk)

    def say_what_is_done(self, title: str, *, is_rejected: bool) -> None:
        """Confirm a decision; who declines a request sends nothing back to be changed."""
        if self.is_request:
            done = _("What was asked for “%(title)s” is done.")
            if self.page_request is not None and self.page_request.is_early:
                done = _("What was asked for “%(title)s” is agreed to. It is done on its date.")
            if is_rejected:
                done = _("What was asked for “%(title)s” was declined.")
        else:
            done = _("“%(title)s” was approved.")
            if is_rejected:
                done = _("“%(title)s” was sent back.")
        messages.success(self.request, done % {"title": title})

    def chosen_along(self) -> list[TaskState]:
        """Return what is decided together with this, by what stands in the form.

        What was decided meanwhile is said when its turn comes.

        Raises:
            Http404: something was sent that was not offered.
        """
        states = {}
        for each in self.asked_along:
            if each.is_offered or not each.is_waiting:
                states[each.key] = each.state
        chosen = set(self.request.POST.getlist("also"))
        if not states.keys() >= chosen:
            raise Http404
        return [states[key] for key in sorted(chosen)]

    def decide(self, states: list[TaskState], action: str) -> None:
        """Decide all of it or nothing, always in the same order: each is locked."""
        if len(states) == 1:
            self.decide_one(states[0], action)
            return
        try:
            with transaction.atomic():
                for state in sorted(states, key=lambda state: state.pk):
                    self.decide_one(state, action)
        except SealBroken as broken:
            broken.seal_again()  # the new seal was taken back with the decisions
            raise

    def decide_one(self, state: TaskState, action: str) -> None:
        comment = self.form.cleaned_data["comment"]
        state.task.specific.on_action(state, self.request.user, action, comment=comment)


@xframe_options_sameorigin_override
def version(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """Show a version as visitors would see it.

    It is the "live" or the "submitted" one, or the "source", the original of a translation.
    """
    shown = version_of(reviewable(request.user, pk), which)
    if shown is None:
        raise Http404
    with translation.override(shown.locale.language_code):
        return shown.make_preview_request(request, shown.default_preview_mode)


def version_of(state: TaskState, which: str) -> Reviewed | None:
    """Return the version of this name, None where there is none or where it is not live."""
    if which == "submitted":
        return state.revision.as_object()
    reviewed = in_full(state.workflow_state.content_object)
    if which == "live":
        return reviewed if reviewed.live else None
    if which == "source":
        original = source_of(reviewed)
        return original if original is not None and original.live else None
    return None


# --- Guests --------------------------------------------------------------------------------------
@require_POST
def add_guest_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an address for a guest, which lasts two weeks."""
    state = reviewable(request.user, pk)
    expires_at = timezone.now() + datetime.timedelta(days=GUEST_DAYS)
    GuestLink.objects.create(
        revision=state.revision, created_by=request.user, expires_at=expires_at
    )
    log_step(state, "moderation.guest_link", request.user)
    return redirect(reverse("moderation_review", args=[pk]) + "#guests")


@require_POST
def revoke_guest_link(request: HttpRequest, pk: int, link_id: int) -> HttpResponse:
    """End an address for a guest before its time."""
    state = reviewable(request.user, pk)
    links = GuestLink.objects.filter(pk=link_id, revision=state.revision, revoked_at=None)
    if links.update(revoked_at=timezone.now()):
        log_step(state, "moderation.guest_revoke", request.user)
    return redirect(reverse("moderation_review", args=[pk]) + "#guests")
