"""Forms that anybody may send: no session, no cookie, no captcha of others; nothing typed is lost.

Each form carries a signed stamp of when it was shown instead of a token of a session. The stamp says that the form is
ours, how long somebody took, and, by its number, that a form sent twice is one and the same. Nobody is signed in, so
there is nothing that a foreign page could do in a visitor's name; what such a page sends is refused all the same.
"""

import ipaddress
import secrets
from functools import wraps

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

QUICKEST = 3  # seconds: nobody reads and fills a form in less
LONGEST = 7 * 24 * 3600  # seconds that a form may stay open in a browser
SALT = "ecca.submission"


def new_stamp():
    return signing.dumps([secrets.token_urlsafe(12), timezone.now().timestamp()], salt=SALT)


class PublicForm(forms.Form):
    """The base of forms that anybody may send. After validation ``number`` tells one shown form from the next."""

    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # Named as programs expect it; people neither see it nor get to it by keyboard.
    fax = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    number = ""

    def __init__(self, data=None, *args, request=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.request = request
        self.fields["stamp"].initial = new_stamp

    @property
    def shown_fields(self):
        return [field for field in self.visible_fields() if field.name != "fax"]

    def clean_fax(self):
        if self.cleaned_data["fax"]:
            raise ValidationError(_("Leave this field empty: it is a trap for programs."))
        return ""

    def clean(self):
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
            raise ValidationError(_("That was faster than anybody types. Wait a moment and send it again."))
        return cleaned

    def _ask_again(self):
        """Refuse, with a fresh stamp in the form, so that sending it again is all there is to do."""
        self.data = self.data.copy()
        self.data["stamp"] = new_stamp()
        raise ValidationError(_("This form was open for too long. Nothing is lost: look it over and send it again."))


def public_form(view):
    """Open a view to visitors without a session: no token is asked for, nothing of it is cached or indexed."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Secret addresses stay on this site; "no-referrer" would hide from us where a form was sent from.
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def is_foreign(request):
    """Whether a browser says that another site's page sent this request; what says nothing is no browser."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    return bool(origin) and origin.partition("://")[2] != request.get_host()


# --- How often ---------------------------------------------------------------------------------------------
def network_of(request):
    """Return the network of a visitor: people change their address within it, not the network."""
    value = request.META.get(getattr(settings, "CLIENT_ADDRESS_HEADER", "REMOTE_ADDR"), "")
    try:
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def is_allowed(what, who, most, seconds):
    """Count one more of ``what`` by ``who``; return whether that is at most ``most`` within ``seconds``."""
    key = f"often:{what}:{signing.b64_encode(who.lower().encode()).decode()[:150]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the entry went between the two
        return True
