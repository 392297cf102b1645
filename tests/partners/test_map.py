"""The map of Europe: its weight, its links, and where a place lies on it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from partners.map import HEIGHT, WIDTH, build, drawing, is_on_map, project
from tests import factories


@pytest.fixture
def index(site):
    index = factories.add_partner_index(site)
    factories.add_partner(
        index, title="Ljubljana <b>", country="SI", latitude="46.05", longitude="14.51"
    )
    factories.add_partner(
        index, title="Porto", country="PT", latitude="41.15", longitude="-8.61", themes=["design"]
    )
    factories.add_partner(index, title="Nowhere", country="PL")
    factories.add_partner(index, title="Boston", country="US", latitude="42.36", longitude="-71.06")
    return index


def map_of(client, address):
    return re.search(
        r'<div class="partner-map">.*?</svg>', client.get(address).content.decode(), re.DOTALL
    )[0]


def test_countries_and_pins_are_links_with_names(index, client):
    drawn = map_of(client, index.get_url())
    assert re.findall(r'<a href="(\?country=[^"]+)" aria-label="([^"]+)"', drawn) == [
        ("?country=PL", "Poland: 1 organisation"), ("?country=PT", "Portugal: 1 organisation"),
        ("?country=SI", "Slovenia: 1 organisation"),
    ]  # fmt: skip
    address = index.get_url()
    assert re.findall(r'<a href="(/[^"]+)" aria-label="([^"]+)"', drawn) == [
        (f"{address}ljubljana-b/", "Ljubljana &lt;b&gt;"), (f"{address}porto/", "Porto")
    ]  # fmt: skip
    assert "tabindex" not in drawn


def list_of(client, address):
    text = client.get(address).content.decode()
    text = re.search(r'<ul class="map-countries">.*?</ul>', text, re.DOTALL)[0]
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', text)


def test_the_same_stands_beside_it_as_text_with_what_no_map_of_europe_shows(index, client):
    assert list_of(client, index.get_url()) == [
        ("?country=PL", "Poland: 1 organisation"), ("?country=PT", "Portugal: 1 organisation"),
        ("?country=SI", "Slovenia: 1 organisation"),
        ("?country=US", "United States: 1 organisation"),
    ]  # fmt: skip
    assert list_of(client, f"{index.get_url()}?theme=design&page=1") == [
        ("?theme=design&amp;country=PT", "Portugal: 1 organisation")
    ]


def test_the_list_follows_the_alphabet_of_the_language(index, client):
    for code in ("CZ", "HR", "CY"):
        factories.add_partner(index, country=code)
    factories.home_of("sl")
    factories.translated(index, "sl", "Partnerji", slug="partnerji")
    names = [label.partition(":")[0] for _address, label in list_of(client, "/sl/partnerji/")]
    assert names == [
        "Ciper",
        "Češka",
        "Hrvaška",
        "Poljska",
        "Portugalska",
        "Slovenija",
        "Združene države Amerike",
    ]


def test_a_country_keeps_what_else_was_asked(index, client):
    drawn = map_of(client, f"{index.get_url()}?theme=design&page=1")
    assert re.findall(r'href="(\?[^"]+)"', drawn) == ["?theme=design&amp;country=PT"]


def test_it_weighs_less_than_60_kb_compressed_and_asks_nobody_else(index, client):
    drawn = map_of(client, index.get_url())
    [land] = re.findall(r'<img src="([^"]+)"', drawn)
    picture = finders.find(land.removeprefix("/static/"))
    content = Path(picture).read_text()
    assert content == build.land(drawing.outlines())
    weight = [len(gzip.compress(part.encode())) for part in (drawn, content)]
    assert weight[0] < 6_000, "what stands in every page is light"
    assert 10_000 < sum(weight) < 60_000
    assert "http" not in drawn


def test_a_profile_is_drawn_as_a_picture_without_links(index, django_assert_num_queries):
    partner = index.get_children().get(title="Porto").specific
    with django_assert_num_queries(0):
        drawn = Template("{% load partners_tags %}{% partner_map page %}").render(
            Context({"page": partner})
        )
    assert 'role="img" aria-label="Map of Europe: Ljubljana, Portugal"' in drawn
    assert "<a " not in drawn
    assert "map-countries" not in drawn
    assert drawn.count("<circle") == 1


def box(code):
    numbers = re.findall(r"(-?\d+) (-?\d+)", drawing.outlines()[code])
    return [
        (min(values), max(values))
        for values in zip(*((int(x), int(y)) for x, y in numbers), strict=True)
    ]


@pytest.mark.parametrize(("code", "longitude", "latitude"), [
    ("SI", 14.51, 46.05), ("PL", 21.01, 52.23), ("PT", -8.61, 41.15), ("ES", -3.70, 40.42),
    ("HU", 19.04, 47.50),
    ("RS", 20.46, 44.79), ("MT", 14.45, 35.90), ("IS", -21.9, 64.13), ("CY", 33.36, 35.17),
    ("NO", 25.78, 71.0),
])  # fmt: skip
def test_a_place_lies_in_its_country(code, longitude, latitude):
    x, y = project(longitude, latitude)
    (left, right), (top, bottom) = box(code)
    assert left - 2 <= x <= right + 2
    assert top - 2 <= y <= bottom + 2
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


@pytest.mark.parametrize(("longitude", "latitude"), [(-71, 42), (139, 35), (-170, -52), (10, -90)])
def test_what_lies_elsewhere_is_not_on_the_map(longitude, latitude):
    assert not is_on_map(*project(longitude, latitude))


def test_every_member_state_is_drawn():
    members = (
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
    )
    assert not set(members) - drawing.outlines().keys()
