"""Signing in, and the second factor beside the password: allauth keeps it, the pages are ours.

Nobody signs up or in by allauth, and it verifies no addresses.
"""

LOGIN_URL = "wagtailadmin_login"
SESSION_ENGINE = "ecca_site.users.session_store"
SECOND_FACTOR_REQUIRED = False  # of whoever may decide; production says True
ACCOUNT_ADAPTER = "ecca_site.users.second_factor.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "reauthenticate": None}
MFA_ADAPTER = "ecca_site.users.second_factor.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half minutes that the clock of a phone may be wrong by
MFA_FORMS = {
    "authenticate": "ecca_site.users.second_factor.forms.CodeForm",
    "reauthenticate": "ecca_site.users.second_factor.forms.FreshCodeForm",
    "activate_totp": "ecca_site.users.second_factor.forms.ActivateForm",
    "authenticate_webauthn": "ecca_site.users.second_factor.forms.PasskeyForm",
    "reauthenticate_webauthn": "ecca_site.users.second_factor.forms.FreshPasskeyForm",
    "add_webauthn": "ecca_site.users.second_factor.forms.AddPasskeyForm",
    "edit_webauthn": "ecca_site.users.second_factor.forms.RenamePasskeyForm",
}
