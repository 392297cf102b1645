"""Contributions in the CMS: read, then accept into the programme or decline."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from conferences.blocks import KINDS
from conferences.contributions import flow
from conferences.models import ConferencePage, Contribution, Speaker
from ecca_site.i18n.dates import localized_date

from .access import CHANGE, VIEW, conference_of_desk, conferences, for_organisers


class ChooseSpeakerField(forms.ChoiceField):
    """The question whether a speaker is one of those of this name and organisation.

    Nobody but people can say: two may have the same name, and one may write it in two ways.
    """

    def __init__(self, known: Iterable[Speaker]) -> None:
        choices = [(str(speaker.pk), in_words(speaker)) for speaker in known]
        super().__init__(
            label=_("Is it the same person?"),
            choices=[*choices, (flow.NEW_PERSON, _("No, somebody else: make a new speaker"))],
            widget=forms.RadioSelect,
            help_text=_("What is written of a known speaker stays as it is."),
        )


def in_words(speaker: Speaker) -> str:
    """Return whom a speaker is: "Yes: Ana Novak, Director, Cluster"."""
    parts = [speaker.name, speaker.role, speaker.organisation]
    words = ", ".join(part for part in parts if part)
    if speaker.live:
        return _g("Yes: %(speaker)s") % {"speaker": words}
    return _g("Yes: %(speaker)s (not live yet)") % {"speaker": words}


class AcceptForm(forms.Form):
    """The time and place of a session that is accepted."""

    day = forms.ChoiceField(label=_("Day"))
    start = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS[:-1])
    track = forms.ChoiceField(label=_("Track"), required=False)
    room = forms.ChoiceField(label=_("Room"), required=False)
    answer = forms.CharField(
        label=_("Message to the author"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: QueryDict | None, draft: ConferencePage, known: Sequence[Speaker]
    ) -> None:
        super().__init__(data)
        if known:
            self.fields["speaker"] = ChooseSpeakerField(known)
            self.order_fields(["speaker"])
        days = [day.value["date"] for day in draft.programme if day.value["date"]]
        if not days:
            frame = (draft.local_start, draft.local_end)
            days = [moment.date() for moment in frame if moment]
        self.fields["day"].choices = [(str(day), localized_date(day)) for day in days]
        for name, rows in (("track", draft.tracks), ("room", draft.rooms)):
            keys = [(row.value["key"], row.value["name"]) for row in rows]
            self.fields[name].choices = [("", "—"), *keys]


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=_("Message to the author"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@for_organisers(VIEW)
@require_safe
def contributions(request: HttpRequest, number: int) -> HttpResponse:
    """List what was offered to a conference, the latest first."""
    conference, desk = conference_of_desk(number)
    rows = desk.contributions.order_by("-pk")
    return render(
        request, "conferences/cms/contributions.html", {"conference": conference, "rows": rows}
    )


def conference_of(contribution: Contribution) -> ConferencePage:
    return get_object_or_404(conferences(), translation_key=contribution.desk.translation_key)


@for_organisers(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, number: int) -> HttpResponse:
    """Show a contribution; take the decision."""
    item = get_object_or_404(Contribution.objects.select_related("desk", "decided_by"), pk=number)
    conference = conference_of(item)
    draft = conference.get_latest_revision_as_object()
    action = request.POST.get("action") if request.method == "POST" else None
    known: list[Speaker] = []
    if item.state == Contribution.State.SUBMITTED:
        known = flow.speakers_like(item, conference)
    accept = AcceptForm(request.POST if action == "accept" else None, draft, known)
    decline = DeclineForm(request.POST if action == "decline" else None, auto_id="decline_%s")
    status: HTTPStatus | None = HTTPStatus.OK
    if action:
        form = accept if action == "accept" else decline
        status = decide(request, item, conference, form)
        if status is None:
            return redirect("conference_contribution", number=item.pk)
    context = {"item": item, "conference": conference, "accept": accept, "decline": decline}
    return render(request, "conferences/cms/contribution.html", context, status=status)


def decide(
    request: HttpRequest,
    item: Contribution,
    conference: ConferencePage,
    form: AcceptForm | DeclineForm,
) -> HTTPStatus | None:
    """Carry out a decision; return None, or the status of the answer that shows the form again.

    Raises:
        PermissionDenied: the user may not edit the page of the conference.
        TooLate: somebody has decided meanwhile.
    """
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not conference.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        if isinstance(form, AcceptForm):
            flow.accept(item, conference, request.user, form.cleaned_data)
            messages.success(
                request,
                _g("The session is in the draft of the programme, which waits for its review."),
            )
        else:
            flow.decline(item, request.user, form.cleaned_data["answer"])
            messages.success(request, _g("The contribution is declined; its author gets a mail."))
    except flow.CannotAccept as error:
        form.add_error(None, str(error))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return None


@for_organisers(VIEW)
@require_safe
def file(request: HttpRequest, number: int) -> FileResponse:
    """Hand out a private file, never to be shown in the browser."""
    item = get_object_or_404(Contribution, pk=number)
    if not item.file or not item.file.storage.exists(item.file.name):
        raise Http404
    response = FileResponse(item.file.open("rb"), as_attachment=True, filename=item.file_name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
