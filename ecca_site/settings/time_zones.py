"""The time zones that people may choose for themselves in the CMS."""

from zoneinfo import available_timezones

# "localtime" is what a machine calls its own zone: browsers do not know it, and their script fails.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
