"""What is drawn on the map: countries, those with partners first of all, and pins."""

import json
from functools import cache
from pathlib import Path

from ecca_site.core.collation import sort_key
from ecca_site.core.countries import country_name

from . import is_on_map, project


@cache
def outlines():
    """Return the path of each country by its code, large ones first, so that small ones lie on top."""
    return json.loads(Path(__file__).with_name("europe.json").read_text())


def countries_of(numbers):
    """Return code, name, number and path of each country that has partners, as far as it is drawn."""
    return [
        {"code": code, "name": country_name(code), "number": numbers[code], "path": path}
        for code, path in outlines().items()
        if numbers.get(code)
    ]


def names_of(numbers, language_code):
    """Return code, name and number of each country that has partners, drawn or not, as the language sorts them."""
    names = [{"code": code, "name": country_name(code), "number": number} for code, number in numbers.items() if number]
    return sorted(names, key=lambda country: sort_key(country["name"], language_code))


def pins_of(partners):
    """Return the partners whose place is known and drawn, in their order, each with its place."""
    known = (partner for partner in partners if None not in (partner.latitude, partner.longitude))
    places = ((partner, project(partner.longitude, partner.latitude)) for partner in known)
    drawn = ((partner, x, y) for partner, (x, y) in places if is_on_map(x, y))
    return [{"partner": partner, "x": str(round(x)), "y": str(round(y))} for partner, x, y in drawn]
