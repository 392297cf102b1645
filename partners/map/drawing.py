"""The drawings on the map: countries with partners, and pins."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecca_site.i18n.collation import sort_key
from ecca_site.i18n.countries import country_name

from . import is_on_map, project

if TYPE_CHECKING:
    from partners.models import PartnerPage


@cache
def outlines() -> dict[str, str]:
    """Return the path of each country by its code; large ones come first, below small ones."""
    return json.loads(Path(__file__).with_name("europe.json").read_text())


def countries_of(numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return code, name, number and path of each country that has partners and is drawn."""
    countries = []
    for code, path in outlines().items():
        number = numbers.get(code)
        if number:
            country = {"code": code, "name": country_name(code), "number": number, "path": path}
            countries.append(country)
    return countries


def names_of(numbers: Mapping[str, int], language_code: str) -> list[dict[str, Any]]:
    """Return code, name and number of each country that has partners, as the language sorts them.

    Countries that are not drawn are among them.
    """
    names = []
    for code, number in numbers.items():
        if number:
            names.append({"code": code, "name": country_name(code), "number": number})
    return sorted(names, key=lambda country: sort_key(country["name"], language_code))


def pins_of(partners: Iterable["PartnerPage"]) -> list[dict[str, Any]]:
    """Return the partners whose place is known and drawn, in their order, each with its place."""
    pins = []
    for partner in partners:
        if partner.latitude is None or partner.longitude is None:
            continue
        x, y = project(partner.longitude, partner.latitude)
        if is_on_map(x, y):
            pins.append({"partner": partner, "x": str(round(x)), "y": str(round(y))})
    return pins
