"""One mail of the organisers to many: written once for each language, looked at, then sent by the worker."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.addresses import page_address
from conferences.models import ConferencePage, Mailing
from conferences.programme import programme_of
from conferences.registration.forms import session_choices
from conferences.tasks import send_mailing
from ecca_site.core.languages import LANGUAGE_NAMES
from ecca_site.mail import outbox
from ecca_site.mail.models import Mail

from .access import CHANGE, conference_of_desk, for_organisers

DEFAULT = settings.LANGUAGE_CODE


class MailingForm(forms.Form):
    """Subject and text for each language of the people; whoever has none of their own gets the English one."""

    audience = forms.ChoiceField(label=_("To whom"))

    def __init__(self, data, *, programme, languages):
        super().__init__(data)
        sessions = [
            (day, [(f"session:{ref}", title) for ref, title in rows]) for day, rows in session_choices(programme)
        ]
        self.fields["audience"].choices = [
            ("registered", _("Everybody with a place")), ("waiting", _("Everybody on the waiting list")), *sessions
        ]  # fmt: skip
        self.languages = list(dict.fromkeys([DEFAULT, *languages]))
        for code in self.languages:
            is_needed = code == DEFAULT
            self.fields[f"subject_{code}"] = forms.CharField(label=_("Subject"), max_length=200, required=is_needed)
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"), max_length=10_000, required=is_needed, widget=forms.Textarea(attrs={"rows": 8})
            )

    def clean(self):
        cleaned = super().clean()
        for code in self.languages:
            subject, text = cleaned.get(f"subject_{code}"), cleaned.get(f"text_{code}")
            if bool(subject) != bool(text) and code != DEFAULT:
                self.add_error(f"text_{code}" if subject else f"subject_{code}", _("Subject and text go together."))
        return cleaned

    @property
    def texts(self):
        found = {
            code: {"subject": self.cleaned_data[f"subject_{code}"], "text": self.cleaned_data[f"text_{code}"]}
            for code in self.languages
        }
        return {code: text for code, text in found.items() if text["subject"]}

    @property
    def groups(self):
        return [
            (LANGUAGE_NAMES.get(code, code), self[f"subject_{code}"], self[f"text_{code}"]) for code in self.languages
        ]


@dataclass(frozen=True)
class Preview:
    language: str
    number: int
    subject: str
    text: str
    has_own_text: bool


def recipients(desk, audience):
    """Return the registrations that an audience names."""
    people = desk.registrations.exclude(email="")
    if audience == "waiting":
        return people.waiting()
    people = people.seated().order_by("number")
    return people.of_session(audience.partition(":")[2]) if audience.startswith("session:") else people


def letter_of(texts, language, conference):
    """Return the letter for readers of a language, which is active."""
    own = texts.get(language) or texts[DEFAULT]
    page = ConferencePage.objects.filter(translation_key=conference.translation_key).for_readers(language).first()
    paragraphs = [part.strip() for part in own["text"].replace("\r\n", "\n").split("\n\n") if part.strip()]
    return outbox.Letter(
        subject=own["subject"],
        lines=tuple(paragraphs),
        action=page.title if page else "",
        address=page_address(page) if page else "",
    )


def previews(texts, people, conference):
    rows = people.order_by().values_list("language").annotate(Count("pk")).order_by("language")
    for language, number in rows:
        with translation.override(language):
            letter = letter_of(texts, language, conference)
            text = outbox.render(letter, language).text
        yield Preview(LANGUAGE_NAMES.get(language, language), number, letter.subject, text, language in texts)


@for_organisers(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request, number):
    conference, desk = conference_of_desk(number)
    languages = desk.registrations.taking_part().order_by("language").values_list("language", flat=True).distinct()
    form = MailingForm(
        request.POST if request.method == "POST" else None, programme=programme_of(conference), languages=languages
    )
    context, status = {"conference": conference, "form": form}, 200
    if request.method == "POST":
        if form.is_valid():
            people = recipients(desk, form.cleaned_data["audience"])
            if request.POST.get("action") == "send" and people.exists():
                return redirect("conference_mailing", number=send(request.user, desk, form).pk)
            context |= {"previews": list(previews(form.texts, people, conference)), "is_previewed": True}
        else:
            status = 422
    context["mailings"] = desk.mailings.all()[:20]
    return render(request, "conferences/cms/compose.html", context, status=status)


@transaction.atomic
def send(user, desk, form):
    """Keep the mail and its recipients' number, and hand it to the worker."""
    audience = form.cleaned_data["audience"]
    mailing = Mailing.objects.create(
        desk=desk, user=user, audience=audience, texts=form.texts, total=recipients(desk, audience).count()
    )
    transaction.on_commit(lambda: send_mailing.enqueue(mailing.pk))
    return mailing


@for_organisers(CHANGE)
@require_safe
def progress(request, number):
    """How many of the mails are written and how many a mail server has taken; the page asks again while it lasts."""
    mailing = get_object_or_404(Mailing.objects.select_related("desk"), pk=number)
    conference = get_object_or_404(ConferencePage.objects.filter(translation_key=mailing.desk.translation_key)[:1])
    mails = Mail.objects.filter(key__startswith=f"mailing:{mailing.pk}:")
    sent, failed = mails.exclude(sent_at=None).count(), mails.given_up().count()
    is_done = sent + failed >= mailing.total
    context = {
        "mailing": mailing, "conference": conference, "written": mails.count(), "sent": sent, "failed": failed,
        "is_done": is_done,
    }  # fmt: skip
    response = render(request, "conferences/cms/mailing.html", context)
    if not is_done:
        response["Refresh"] = "5"
    return response
