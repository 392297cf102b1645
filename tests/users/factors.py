"""Second factors as people use them."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECORDS = "account_authentication_methods"


def turn_on(user):
    """Give a user an authenticator app; return unused recovery codes."""
    auth.TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def code(steps=0):
    """Return the code that the app shows, or showed some half minutes ago."""
    return code_of(SECRET, steps)


def code_of(secret, steps=0):
    counter = int(time.time()) // 30 + steps
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def sign_in(client, name, password="x", **data):
    return client.post("/cms/login/", {"username": name, "password": password, **data})


def give_code(client, value):
    return client.post("/cms/second-factor/authenticate/", {"code": value})


def is_in(client):
    return client.get("/cms/account/").status_code == 200


def sign_in_with_code(client, name):
    sign_in(client, name)
    give_code(client, code())
    assert is_in(client)


def let_time_pass(client, seconds):
    """Let everything by which a session is proved be older by some seconds."""
    session = client.session
    session[RECORDS] = [record | {"at": record["at"] - seconds} for record in session[RECORDS]]
    session.save()
