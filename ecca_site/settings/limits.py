"""How often something may be sent or tried.

All numbers in one place, so that they can be compared.
"""

# Of a network within an hour: a congress hall, an office or a mobile network looks like one
# visitor, so these numbers stop programs and no crowd. Of a mailbox, and of all mailboxes of a
# domain, within a day, whatever network the forms come from. What is not named is not counted.
FORM_LIMITS = {
    "registration": {"network": 600, "mailbox": 5, "domain": 300},
    "contribution": {"network": 300, "mailbox": 10, "domain": 100},
    "application": {"network": 300, "mailbox": 5, "domain": 50},
    "shown mailbox": {"network": 300},
    "confirmation link": {"mailbox": 2},
    "password reset": {"network": 40, "mailbox": 5, "domain": 100},
    "address change": {"mailbox": 3},
    "guest comment": {"network": 20},
}

# Wrong passwords within the cool-off: for one name from one address, and for all names from one
# address. A name alone is never locked, or anybody could lock anybody out. Wrong passwords that the
# right one follows are forgotten.
AXES_FAILURE_LIMIT = 10
ADDRESS_FAILURE_LIMIT = 50
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Wrong codes of a second factor count, too; what was typed is not kept.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential"]
# A lock ends when it was said to end, whatever is tried meanwhile.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "ecca_site.access.sign_in.AddressHandler"
AXES_CLIENT_IP_CALLABLE = "ecca_site.intake.limits.address_of"
AXES_LOCKOUT_CALLABLE = "ecca_site.access.sign_in.locked_out"

# Where a visitor's address is read. Only who has a proxy may name a header here: without one,
# visitors send any header they like.
CLIENT_ADDRESS_HEADER = "REMOTE_ADDR"
