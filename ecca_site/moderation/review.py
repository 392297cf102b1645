"""One review on one page: what is live beside what was submitted, and everything a reviewer decides with."""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
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
from wagtail.models import PageLogEntry, TaskState
from wagtail.utils.decorators import xframe_options_sameorigin_override

from ecca_site.core.languages import html_lang

from .comparison import compare
from .effects import effects_of
from .items import items_of, queue_of, with_relations
from .models import GuestLink, ReviewRefused, in_progress, is_author, log_step
from .steps import OF_REVIEWS

GUEST_DAYS = 14
MOST_STEPS = 15


class DecisionForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed to request changes. It is mailed to the submitter and stays with the page."),
    )


def reviewable(user, pk):
    """Return the task state that this user may decide.

    Raises:
        PermissionDenied: others decide it.
        ReviewRefused: it was decided or withdrawn meanwhile; the message says by whom.
    """
    states = with_relations(TaskState.objects.select_related("finished_by", "revision"))
    state = get_object_or_404(states, pk=pk)
    task, page = state.task.specific, state.workflow_state.content_object
    if page is None or not hasattr(task, "is_reviewer") or not task.is_reviewer(page, user):
        raise PermissionDenied
    if state.status != TaskState.STATUS_IN_PROGRESS:
        with transaction.atomic():
            in_progress(state.pk)
    return state


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "moderation/review.html"
    header_icon = "clipboard-list"

    def setup(self, request, *args, pk, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pk = pk

    def dispatch(self, request, *args, **kwargs):
        self.state = reviewable(request.user, self.pk)
        self.form = DecisionForm(request.POST if request.method == "POST" else None)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self):
        return self.state.workflow_state.content_object.specific

    @cached_property
    def source(self):
        return original_of(self.page)

    def get_page_title(self):
        return _("Review")

    def get_page_subtitle(self):
        return self.state.revision.object_str

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("moderation_queue"), "label": _("Moderation")},
            {"url": "", "label": _("Review"), "sublabel": self.state.revision.object_str},
        ]

    def get_context_data(self, **kwargs):
        items_of([self.state])
        submitted, page, user = self.state.revision.as_object(), self.page, self.request.user
        author = is_author(user, self.state)
        rows = compare(page if page.live else None, submitted, self.source)
        request = getattr(self.state.workflow_state, "page_request", None)
        return super().get_context_data(
            **kwargs,
            state=self.state,
            item=self.state.item,
            page=page,
            lang=html_lang(page.locale.language_code),
            submitted=submitted,
            is_edited_since=page.latest_revision_id != self.state.revision_id,
            source=self.source,
            source_lang=html_lang(settings.LANGUAGE_CODE),
            rows=rows,
            panels=[
                panel
                for make in hooks.get_hooks("moderation_review_panels")
                if (panel := make(self.request, self.state, page))
            ],
            changed=any(row.state != "same" for row in rows),
            form=self.form,
            is_author=author,
            may_override=author and user.is_superuser,
            claim=getattr(self.state, "claim", None),
            page_request=request,
            affected=effects_of(page, request.kind, with_translations=request.with_translations) if request else None,
            steps=steps_of(page),
            following=next_for(user, self.state),
            guest_links=GuestLink.objects.filter(revision=self.state.revision).prefetch_related("comments"),
            guest_days=GUEST_DAYS,
        )

    def post(self, request, *args, **kwargs):
        """Decide; then on to the next item. A decision that is refused keeps what was typed."""
        action = request.POST.get("action")
        if action not in ("approve", "reject", "override"):
            raise Http404
        if self.form.is_valid():
            try:
                task = self.state.task.specific
                task.on_action(self.state, request.user, action, comment=self.form.cleaned_data["comment"])
            except ReviewRefused as refusal:
                self.form.add_error("comment", str(refusal))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        done = _("“%(title)s” was sent back.") if action == "reject" else _("“%(title)s” was approved.")
        messages.success(request, done % {"title": self.state.revision.object_str})
        following = next_for(request.user, self.state)
        return redirect("moderation_review", following.pk) if following else redirect("moderation_queue")


def next_for(user, state):
    """Return what this user may decide next, from ``state`` on and then from the oldest; or None.

    What one wrote or submitted oneself is not meant, nor what somebody else has claimed.
    """
    own = Q(workflow_state__requested_by=user) | Q(revision__user=user)
    free = queue_of(user).exclude(own).exclude(pk=state.pk).filter(Q(claim=None) | Q(claim__user=user))
    since = state.workflow_state.created_at
    later = free.filter(Q(workflow_state__created_at__gt=since) | Q(workflow_state__created_at=since, pk__gt=state.pk))
    return later.first() or free.first()


def steps_of(page):
    """Return what happened to a page in reviews so far, the latest first."""
    entries = PageLogEntry.objects.filter(page_id=page.pk, action__in=OF_REVIEWS).select_related("user")
    return entries.order_by("-timestamp", "-pk")[:MOST_STEPS]


def original_of(page):
    """Return the original of a translation, as visitors read it, or None."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    original = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return original.specific if original else None


@xframe_options_sameorigin_override
def version(request, pk, which):
    """Show the live or the submitted version, or the original of a translation, as visitors would see it."""
    state = reviewable(request.user, pk)
    page = state.workflow_state.content_object.specific
    versions = {"live": lambda: page, "submitted": state.revision.as_object, "source": lambda: original_of(page)}
    shown = versions[which]() if which in versions else None
    if shown is None or (which != "submitted" and not shown.live):
        raise Http404
    with translation.override(shown.locale.language_code):
        return shown.make_preview_request(request, shown.default_preview_mode)


# --- Guests --------------------------------------------------------------------------------------------------
@require_POST
def add_guest_link(request, pk):
    state = reviewable(request.user, pk)
    expires_at = timezone.now() + datetime.timedelta(days=GUEST_DAYS)
    GuestLink.objects.create(revision=state.revision, created_by=request.user, expires_at=expires_at)
    log_step(state, "moderation.guest_link", request.user)
    return redirect(reverse("moderation_review", args=[pk]) + "#guests")


@require_POST
def revoke_guest_link(request, pk, link_id):
    state = reviewable(request.user, pk)
    links = GuestLink.objects.filter(pk=link_id, revision=state.revision, revoked_at=None)
    if links.update(revoked_at=timezone.now()):
        log_step(state, "moderation.guest_revoke", request.user)
    return redirect(reverse("moderation_review", args=[pk]) + "#guests")
