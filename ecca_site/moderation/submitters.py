"""The actions of submitters: to withdraw something, or to ask for what only others may do."""

from collections.abc import Collection
from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from ecca_site.i18n.originals import is_original
from ecca_site.users.models import User

from .effects import effects_of
from .models import Act, PageRequest, ReviewRefused, ask_for, may, may_withdraw, withdraw
from .models.requests import destinations_of, translations_to_ask_for
from .reviewed import Reviewed, edit_path, reviewed_snippets, title_of


class DestinationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Page) -> str:
        return obj.get_admin_display_title()


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What do you ask for?"), widget=forms.RadioSelect)
    destination = DestinationField(
        label=gettext_lazy("Where to?"), queryset=Page.objects.none(), required=False
    )
    with_translations = forms.BooleanField(
        label=gettext_lazy("Its translations, too"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The moderators read it, and it stays with the page."),
    )

    def __init__(
        self,
        *args: object,
        page: Reviewed,
        user: User,
        going: Collection[Reviewed],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = {PageRequest.Kind.DELETE}
        if page.live:
            kinds.add(PageRequest.Kind.UNPUBLISH)
        destinations = destinations_of(page, user) if isinstance(page, Page) else None
        if destinations is not None and destinations.exists():
            kinds.add(PageRequest.Kind.MOVE)
            self.fields["destination"].queryset = destinations
        else:
            del self.fields["destination"]
        choices = PageRequest.Kind.choices
        self.fields["kind"].choices = [choice for choice in choices if choice[0] in kinds]
        if not going:
            del self.fields["with_translations"]

    def clean(self) -> dict[str, object]:
        is_move = self.cleaned_data.get("kind") == PageRequest.Kind.MOVE
        if is_move and not self.cleaned_data.get("destination"):
            self.add_error("destination", _("Say where it should go."))
        return self.cleaned_data


def page_of(page_id: int) -> Page:
    return get_object_or_404(Page, pk=page_id).specific


def snippet_of(app_label: str, model_name: str, number: int) -> Reviewed:
    models = {model._meta.label_lower: model for model in reviewed_snippets()}
    model = models.get(f"{app_label}.{model_name}")
    if model is None:
        raise Http404
    return get_object_or_404(model, pk=number)


def withdraw_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, then give a submitted version of a page back to its submitter."""
    return _withdraw(request, page_of(page_id))


def withdraw_snippet_view(
    request: HttpRequest, app_label: str, model_name: str, number: int
) -> HttpResponse:
    """Do the same with a version of a snippet."""
    return _withdraw(request, snippet_of(app_label, model_name, number))


def _withdraw(request: HttpRequest, instance: Reviewed) -> HttpResponse:
    state = instance.current_workflow_state
    if state is None or not may_withdraw(request.user, state):
        raise PermissionDenied
    if request.method != "POST":
        context = {
            "title": title_of(instance),
            "edit_path": edit_path(instance),
            "is_request": hasattr(state, "page_request"),
            "is_waiting": state.status == WorkflowState.STATUS_IN_PROGRESS,
        }
        return render(request, "moderation/withdraw.html", context)
    withdraw(state.current_task_state, request.user)
    messages.success(request, _("“%(title)s” was withdrawn.") % {"title": title_of(instance)})
    return redirect(edit_path(instance))


def request_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask moderators to take a page offline, to delete or to move it."""
    return _ask(request, page_of(page_id))


def request_snippet_view(
    request: HttpRequest, app_label: str, model_name: str, number: int
) -> HttpResponse:
    """Ask moderators to take a snippet offline or to delete it."""
    return _ask(request, snippet_of(app_label, model_name, number))


def _ask(request: HttpRequest, page: Reviewed) -> HttpResponse:
    if not may(request.user, Act.ASK, [page]):
        raise PermissionDenied
    going = translations_to_ask_for(request.user, page)
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        page=page,
        user=request.user,
        going=going,
        initial={"with_translations": is_original(page)},
    )
    if request.method == "POST" and form.is_valid():
        choices = ("with_translations", "destination")  # that the form may not offer
        wish = {name: form.cleaned_data[name] for name in choices if name in form.fields}
        try:
            ask_for(
                page, form.cleaned_data["kind"], request.user, form.cleaned_data["reason"], **wish
            )
        except ReviewRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your request is in the queue. You will get a mail when it is decided.")
            )
            return redirect("wagtailadmin_home")
    context = {
        "title": title_of(page),
        "edit_path": edit_path(page),
        "form": form,
        "affected": effects_of(page, "unpublish", {other.pk for other in going}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "moderation/request.html", context, status=status)
