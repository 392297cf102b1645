"""A script saves the texts of the translation editor one by one, and replaces nobody's unseen."""

import pytest

from ecca_site.translation.localize.records import StringSegment, StringTranslation
from tests.translation.conftest import request_translation


@pytest.fixture
def place(item):
    translation = request_translation(item, "sl")
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    return f"/cms/translations/{translation.pk}/texts/{segment.pk}/"


@pytest.fixture
def send(client, translator, place):
    client.force_login(translator)

    def post(data, shown=""):
        return client.post(
            place, {"data": data, "shown": shown}, headers={"accept": "application/json"}
        )

    return post


def stored():
    return StringTranslation.objects.get(context__path="summary").data


def test_it_is_told_what_was_saved_and_what_is_left(send):
    answer = send(" Opeke še enkrat. ")
    assert answer.status_code == 200
    assert answer.json()["shown"] == stored() == "Opeke še enkrat."
    assert answer.json()["error"] == ""
    assert "1 of" in answer.json()["counts"]
    assert send("Opeke znova.", shown="Opeke še enkrat.").status_code == 200
    assert stored() == "Opeke znova."


def test_what_somebody_else_saved_is_shown_before_it_is_replaced(send):
    send("Opeke še enkrat.")
    refusal = send("Zidaki.", shown="")
    assert refusal.status_code == 422
    assert "“Opeke še enkrat.”" in refusal.json()["error"]
    assert stored() == refusal.json()["shown"] == "Opeke še enkrat."
    assert send("Zidaki.", shown=refusal.json()["shown"]).status_code == 200
    assert stored() == "Zidaki."


def test_the_same_text_from_two_tabs_is_no_question(send):
    send("Zidaki.")
    assert send("Zidaki.", shown="").status_code == 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "This text is empty."),
        ("<h2>Opeke</h2>", "<h2> is not allowed in this text."),
        ("Opeke 100 % %(text)s <b", ""),
        ("x" * 100_000, ""),
    ],
)
def test_what_may_not_stand_there_is_refused_in_words(send, data, reason):
    answer = send(data)
    assert answer.status_code in (200, 422)
    assert reason in answer.json()["error"]


def test_nobody_else_saves(client, person, place):
    client.force_login(person("stranger"))
    answer = client.post(place, {"data": "x"}, headers={"accept": "application/json"})
    assert answer.status_code in (302, 403)
    assert not StringTranslation.objects.exists()
