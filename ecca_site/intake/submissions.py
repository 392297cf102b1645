"""Forms that anybody may send, without a session, a cookie or a captcha of others.

Each form carries a signed stamp of when it was shown instead of a token of a session. The stamp
says that the form is ours, how long somebody took, and, by its number, that a form sent twice is
one and the same. Nobody is signed in, so there is nothing that a foreign page could do in a
visitor's name; what such a page sends is refused all the same. Nothing typed is lost.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import NoReturn

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

QUICKEST = 3  # seconds: nobody reads and fills a form in less
LONGEST = 7 * 24 * 3600  # seconds that a form may stay open in a browser
SALT = "ecca.submission"


def new_stamp() -> str:
    """Return a number of its own and the present moment, signed."""
    return signing.dumps([secrets.token_urlsafe(12), timezone.now().timestamp()], salt=SALT)


class PublicForm(forms.Form):
    """The base of forms that anybody may send.

    After validation ``number`` tells one shown form from the next.
    """

    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # Named as programs expect it; people neither see it nor get to it by keyboard.
    fax = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    number = ""
    data: QueryDict

    def __init__(
        self,
        data: QueryDict | None = None,
        *args: object,
        request: HttpRequest | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.request = request
        self.fields["stamp"].initial = new_stamp

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "fax"]

    def clean_fax(self) -> str:
        if self.cleaned_data["fax"]:
            raise ValidationError(_("Leave this field empty: it is a trap for programs."))
        return ""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.request is not None and is_foreign(self.request):
            raise ValidationError(_("This form was sent from another site. Send it from here."))
        try:
            self.number, shown_at = signing.loads(cleaned.get("stamp") or "", salt=SALT)
        except signing.BadSignature:
            self._ask_again()
        age = timezone.now().timestamp() - shown_at
        if age > LONGEST:
            self._ask_again()
        if age < QUICKEST:
            raise ValidationError(
                _("That was faster than anybody types. Wait a moment and send it again.")
            )
        return cleaned

    def _ask_again(self) -> NoReturn:
        """Refuse, with a fresh stamp in the form: all there is to do is to send it again."""
        self.data = self.data.copy()
        self.data["stamp"] = new_stamp()
        raise ValidationError(
            _("This form was open for too long. Nothing is lost: look it over and send it again.")
        )


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to visitors without a session.

    No token is asked for, and nothing of it is cached or indexed.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Secret addresses stay on this site. "no-referrer" would hide from us where a form came
        # from.
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def is_foreign(request: HttpRequest) -> bool:
    """Return whether a browser says that another site's page sent this request.

    A client that does not say where it comes from is not a browser.
    """
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    if not origin:
        return False
    return origin.partition("://")[2] != request.get_host()
