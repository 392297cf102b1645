"""Dates, times and numbers as each language writes them."""

import datetime

import pytest
from django.utils import translation

from ecca_site.i18n.dates import date_range, localized_date, localized_number, localized_time

DAY = datetime.date(2017, 1, 11)


@pytest.mark.parametrize(("code", "day", "days", "months", "number"), [
    ("en", "11 January 2017", "11–12 January 2017", "30 January – 2 February 2017", "1,234.5"),
    ("sl", "11. januar 2017", "11.–12. januar 2017", "30. januar–2. februar 2017", "1.234,5"),
    ("pl", "11 stycznia 2017", "11–12 stycznia 2017", "30 stycznia–2 lutego 2017", "1234,5"),
    ("es", "11 de enero de 2017", "11–12 de enero de 2017", "30 de enero–2 de febrero de 2017",
        "1.234,5"),
    ("pt", "11 de janeiro de 2017", "11–12 de janeiro de 2017",
        ("30 de janeiro – 2 de fevereiro de 2017"), "1234,5"),
    ("hu", "2017. január 11.", "2017. január 11–12.", "2017. január 30. – február 2.", "1234,5"),
    ("sr-latn", "11. januar 2017.", "11.–12. januar 2017.", "30. januar – 2. februar 2017.",
        "1.234,5"),
])  # fmt: skip
def test_each_language_writes_its_own_way(code, day, days, months, number):
    with translation.override(code):
        shown = [
            localized_date(DAY),
            date_range(DAY, datetime.date(2017, 1, 12)),
            date_range(datetime.date(2017, 1, 30), datetime.date(2017, 2, 2)),
            localized_number(1234.5),
        ]
    # The kinds of spaces and dashes are CLDR's affair and change with its versions.
    plain = ["".join(text.split()).replace("\u2009", "") for text in shown]
    assert plain == ["".join(text.split()) for text in (day, days, months, number)]


def test_a_time_keeps_the_zone_it_carries():
    with translation.override("sl"):
        # Whether hours have two digits is CLDR's affair and changes with its versions.
        assert localized_time(datetime.time(9, 30)) in ("9:30", "09:30")
