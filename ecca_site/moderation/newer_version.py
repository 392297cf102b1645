"""Saving from an editor that shows an older version than the last: asked once, never silently.

Two tabs, or two people, open the same page. Wagtail 8.0 keeps autosave from writing over what the
other has saved, and lets everybody do it who presses a button. Here they first get the editor again
with what they typed, and both versions beside each other. What they send then is their decision;
the version of the other stays in the history.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision

from .comparison import Row, compare
from .models import display_name
from .reviewed import Reviewed, edit_path


class NewerPageView(EditView):
    """The editor of a page, shown again with what was typed: nothing is saved."""

    def run_hook(self, *args: Any, **kwargs: Any) -> None:
        """Run no hook: those before an edit have led here."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self._form(self.page)
        typed = self._form(self.latest_revision.as_object())
        tell(request, self.page, self.latest_revision, what_differs(typed, self.latest_revision))
        self.has_unsaved_changes = True
        self.autosave_enabled = False  # it would save over the newer one, without being asked
        context = self.get_context_data()
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)

    def _form(self, page: Page) -> WagtailAdminModelForm:
        form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        check_as_draft(form)
        return form


class AsksAboutNewerVersion(CreateEditViewOptionalFeaturesMixin):
    """The same for the editor of a snippet."""

    @cached_property
    def is_to_be_asked(self) -> bool:
        return self.is_out_of_date and not self.expects_json_response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_to_be_asked:
            return super().post(request, *args, **kwargs)
        newest = self.latest_revision
        self.form = self.get_form()
        check_as_draft(self.form)
        typed = self.get_form_class()(**self.get_form_kwargs() | {"instance": newest.as_object()})
        check_as_draft(typed)
        tell(request, self.object, newest, what_differs(typed, newest))
        self.autosave_enabled = False
        context = self.get_context_data()
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)


def refuse_over_newer_version(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask whoever would save over a version of a page that their editor did not show."""
    if request.method != "POST":
        return None
    view = NewerPageView()
    view.setup(request, page.pk)
    view.latest_revision = page.latest_revision
    if view.expects_json_response or not view.is_out_of_date:
        return None
    return view.dispatch(request, page.pk)


def check_as_draft(form: WagtailAdminModelForm) -> None:
    """Check a form that is shown again; what a draft may lack is asked for when it is sent."""
    form.defer_required_fields()
    form.is_valid()
    form.restore_required_fields()


def what_differs(form: WagtailAdminModelForm, newest: Revision) -> list[Row]:
    """Return where a form differs from the newest version, nothing while it has mistakes."""
    if not form.is_valid():
        return []
    rows = compare(newest.as_object(), form.save(commit=False))
    return [row for row in rows if row.state != "same"]


def tell(request: HttpRequest, instance: Reviewed, newest: Revision, rows: list[Row]) -> None:
    """Say above the editor who saved what, and how to go on."""
    context = {
        "is_theirs": newest.user_id == request.user.pk,
        "name": display_name(newest.user) if newest.user else "",
        "newest": newest,
        "rows": rows,
        "address": edit_path(instance),
    }
    messages.warning(request, render_to_string("moderation/newer_version.html", context, request))
