"""A mail of the organisers to many.

It is written once for each language, looked at, then sent by the worker.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.models import ConferencePage, Desk, Mailing
from conferences.models.desk import RegistrationQuerySet
from conferences.programme import Programme, programme_of
from conferences.registration.forms import session_choices
from conferences.tasks import send_mailing
from ecca_site.i18n.languages import LANGUAGE_NAMES, is_source, source_language
from ecca_site.mail import outbox
from ecca_site.mail.models import Mail
from ecca_site.users.models import User
from ecca_site.workers.queue import hand_over

from .access import CHANGE, conference_of_desk, for_organisers
from .letters import Texts, letter_of, recipients


class MailingForm(forms.Form):
    """Subject and text for each language of the people.

    A language without texts of its own gets the English ones.
    """

    audience = forms.ChoiceField(label=_("To whom"))

    def __init__(
        self, data: QueryDict | None, *, programme: Programme, languages: Iterable[str]
    ) -> None:
        super().__init__(data)
        audiences = [
            ("registered", _("Everybody with a place")),
            ("waiting", _("Everybody on the waiting list")),
        ]
        for day, sessions in session_choices(programme):
            audiences.append((day, [(f"session:{ref}", title) for ref, title in sessions]))
        self.fields["audience"].choices = audiences
        self.languages = list(dict.fromkeys([source_language(), *languages]))
        for code in self.languages:
            is_needed = is_source(code)
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=200, required=is_needed
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"),
                max_length=10_000,
                required=is_needed,
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for code in self.languages:
            if is_source(code):
                continue  # its fields are required as they are
            subject = cleaned.get(f"subject_{code}")
            text = cleaned.get(f"text_{code}")
            if subject and not text:
                self.add_error(f"text_{code}", _("Subject and text go together."))
            elif text and not subject:
                self.add_error(f"subject_{code}", _("Subject and text go together."))
        return cleaned

    @property
    def texts(self) -> Texts:
        """The texts that were written, by language."""
        found = {}
        for code in self.languages:
            subject = self.cleaned_data[f"subject_{code}"]
            if subject:
                found[code] = {"subject": subject, "text": self.cleaned_data[f"text_{code}"]}
        return found

    @property
    def groups(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The fields as the page shows them: the name of a language, its subject and its text."""
        return [
            (LANGUAGE_NAMES.get(code, code), self[f"subject_{code}"], self[f"text_{code}"])
            for code in self.languages
        ]


@dataclass(frozen=True)
class Preview:
    """A mail as the people of one language read it."""

    language: str  # its name
    number: int
    subject: str
    text: str
    has_own_text: bool


def previews(
    texts: Texts, people: RegistrationQuerySet, conference: ConferencePage
) -> Iterator[Preview]:
    """Yield the mail in each language of its recipients, as they would read it."""
    rows = people.order_by().values_list("language").annotate(Count("pk")).order_by("language")
    for language, number in rows:
        with translation.override(language):
            letter = letter_of(texts, language, conference)
            text = outbox.render(letter, language).text
        yield Preview(
            language=LANGUAGE_NAMES.get(language, language),
            number=number,
            subject=letter.subject,
            text=text,
            has_own_text=language in texts,
        )


@for_organisers(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form of a mail, and what each language would get; send it."""
    conference, desk = conference_of_desk(number)
    people = desk.registrations.taking_part()
    form = MailingForm(
        request.POST if request.method == "POST" else None,
        programme=programme_of(conference),
        languages=people.order_by("language").values_list("language", flat=True).distinct(),
    )
    context = {"conference": conference, "form": form}
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            people = recipients(desk, form.cleaned_data["audience"])
            if request.POST.get("action") == "send" and people.exists():
                return redirect("conference_mailing", number=send(request.user, desk, form).pk)
            context["previews"] = list(previews(form.texts, people, conference))
            context["is_previewed"] = True
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context["mailings"] = desk.mailings.all()[:20]
    return render(request, "conferences/cms/compose.html", context, status=status)


@transaction.atomic
def send(user: User, desk: Desk, form: MailingForm) -> Mailing:
    """Keep the mail and its recipients' number, and hand it to the worker."""
    audience = form.cleaned_data["audience"]
    mailing = Mailing.objects.create(
        desk=desk,
        user=user,
        audience=audience,
        texts=form.texts,
        total=recipients(desk, audience).count(),
    )
    hand_over(send_mailing, mailing.pk)
    return mailing


@for_organisers(CHANGE)
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Show how many of the mails are written, and how many a mail server has taken.

    The page asks again, every five seconds, while it lasts.
    """
    mailing = get_object_or_404(Mailing.objects.select_related("desk"), pk=number)
    conference = get_object_or_404(
        ConferencePage.objects.filter(translation_key=mailing.desk.translation_key)[:1]
    )
    mails = Mail.objects.filter(key__startswith=f"mailing:{mailing.pk}:")
    sent = mails.exclude(sent_at=None).count()
    failed = mails.given_up().count()
    is_done = sent + failed >= mailing.total
    context = {
        "mailing": mailing,
        "conference": conference,
        "written": mails.count(),
        "sent": sent,
        "failed": failed,
        "is_done": is_done,
    }
    response = render(request, "conferences/cms/mailing.html", context)
    if not is_done:
        response["Refresh"] = "5"
    return response
