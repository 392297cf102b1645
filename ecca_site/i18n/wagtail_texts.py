"""Texts of Wagtail 8.0 that its own catalogues lack, or get wrong, in our languages.

Everybody must understand that nothing was saved, and why, and find what the guide names. They are
here only to be found by ``update_catalogues``: our catalogues are asked before Wagtail's.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

TEXTS = (
    gettext_noop("The page could not be saved due to validation errors."),
    gettext_noop("The page could not be created due to validation errors."),
    gettext_noop("The page could not be saved as it is locked."),
    gettext_noop("There are validation errors, click save to highlight them."),
    gettext_noop("Go to the first error"),
    gettext_noop("Autosave is paused"),
    gettext_noop("Saved"),
    gettext_noop("Set schedule"),
    gettext_noop("A network error occurred"),
    gettext_noop(
        "Troubleshoot your connection to the site before proceeding. "
        "Open the editor in a separate tab to view the last saved version."
    ),
)

# Wagtail has these in some of our languages, with mistakes, and none of them in Serbian: it is
# where everybody begins, and visitors' forms use the first of them.
AT_THE_DOOR = (
    gettext_noop("This field is required."),
    gettext_noop("Signing in…"),
    gettext_noop("Forgotten password?"),
    gettext_noop("Remember me"),
    gettext_noop("Your %(username_field)s and password didn't match. Please try again."),
    gettext_noop("Reset password"),
    gettext_noop("Reset your password"),
    gettext_noop("Enter your email address to reset your password"),
    gettext_noop("Check your email"),
    gettext_noop(
        "A link to reset your password has been emailed to you "
        "if an account exists for this address."
    ),
    gettext_noop("Set your new password"),
    gettext_noop("Password change successful"),
    gettext_noop("Login"),
    gettext_noop("Invalid password reset link"),
    gettext_noop("The password reset link was invalid, possibly because it has already been used."),
    gettext_noop("Request a new password reset"),
)

COUNTS = (
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
        "counter",
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
        "counter",
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
        "counter",
    ),
)
