"""The glossary in the CMS, and what the translation editor says by it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.glossary.models import Term, Wording
from ecca_site.translation.glossary.seeding import read_terms
from ecca_site.translation.localize.alarms import asked_texts
from tests import factories
from tests.translation.texts.conftest import RICH, segment_of
from tests.translation.texts.test_editor import put, text_address


@pytest.fixture
def translation(site, translate):
    rows = ["The circular economy", "Bricks are reused", "Nothing of the kind"]
    body = [{"type": "heading", "value": row} for row in rows]
    return translate(factories.add_content(site, title="Raw materials", body=body), "sl")


@pytest.fixture
def signed_in(client, translation, person):
    client.force_login(person("slovenian", roles.TRANSLATOR.group_name("sl")))
    return client


def hints_of(client, translation):
    response = client.get(reverse("translation_hints", args=[translation.pk]))
    assert response.status_code == 200
    return response


def alarms_of(client, translation):
    response = client.get(reverse("translation_alarms", args=[translation.pk]))
    assert response.status_code == 200
    return response.content.decode()


def found(translation):
    sources = []
    for each in asked_texts(translation):
        sources += [asked.source for asked in each.asked if "glossary" in asked.alarm.message]
    return sources


def test_a_warning_comes_with_a_text_that_lacks_the_term_and_goes_with_it(signed_in, translation):
    assert found(translation) == []
    put(signed_in, text_address(translation, "The circular economy"), value="Okrogla ekonomija")
    put(
        signed_in,
        text_address(translation, "Bricks are reused"),
        value="Opeke so ponovno uporabljene",
    )
    put(signed_in, text_address(translation, "Nothing of the kind"), value="Nič takega")
    assert found(translation) == ["The circular economy"]
    html = alarms_of(signed_in, translation)
    assert (
        "The glossary has “krožno gospodarstvo, krožna ekonomija” for “circular economy”." in html
    )
    put(
        signed_in, text_address(translation, "The circular economy"), value="O krožnem gospodarstvu"
    )
    assert found(translation) == []


def test_a_warning_stops_nobody(signed_in, translation):
    response = put(signed_in, text_address(translation, "Raw materials"), value="Povsem drugače")
    assert (response.status_code, response.json()["error"]) == (201, None)
    assert StringTranslation.objects.get().data == "Povsem drugače"


def test_the_editor_shows_the_warnings_and_the_terms_of_the_page(signed_in, translation):
    put(signed_in, text_address(translation, "Raw materials"), value="Povsem drugače")
    html = signed_in.get(translation.get_target_instance_edit_url()).content.decode()
    assert "The glossary has “surovina” for “raw material”." in html
    assert "3 terms of the glossary on this page" in html
    assert '<script type="module" src="/static/js/translation-editor.js"></script>' in html
    assert f'data-url="/cms/localize/translate/{translation.pk}/hints/"' in html


def test_a_link_that_the_translation_has_lost_is_named(slovenian, client, translator):
    client.force_login(translator)
    put(client, text_address(slovenian, RICH), value="Opeke živijo dvakrat")
    assert "&lt;a a1&gt;, &lt;b&gt; of the original is missing." in alarms_of(client, slovenian)
    put(client, text_address(slovenian, RICH), value='Opeke <a id="a1">živijo</a>')
    assert "&lt;a a1&gt;" not in alarms_of(client, slovenian)


def test_a_draft_of_a_machine_is_marked_and_confirmed_from_the_editor(signed_in, translation):
    segment = segment_of(translation, "Raw materials")
    draft = StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale,
        data="Surovine", translation_type="machine", tool_name="LibreTranslate",
    )  # fmt: skip
    html = hints_of(signed_in, translation).content.decode()
    assert "1 draft by a machine" in html
    assert f'name="text" value="{draft.pk}"' in html
    signed_in.post(reverse("translation_texts:confirm", args=[translation.pk]), {"text": draft.pk})
    assert "draft by a machine" not in hints_of(signed_in, translation).content.decode()


def test_drafts_are_offered_text_by_text_where_a_service_is_named(signed_in, translation, settings):
    assert "Suggest" not in hints_of(signed_in, translation).content.decode()
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {},
    }  # fmt: skip
    html = hints_of(signed_in, translation).content.decode()
    assert html.count(">Suggest</button>") == 4
    put(signed_in, text_address(translation, "Raw materials"), value="Surovine")
    assert hints_of(signed_in, translation).content.decode().count(">Suggest</button>") == 3


def test_the_hints_cost_the_same_for_one_and_for_many_texts(
    signed_in, site, translate, django_assert_num_queries
):
    page = factories.add_content(site, title="Short")
    many = [{"type": "heading", "value": f"The circular economy {number}"} for number in range(80)]
    for translation in (
        translate(page, "sl"),
        translate(factories.add_content(site, title="Long", body=many), "sl"),
    ):
        for segment in translation.source.stringsegment_set.select_related("string", "context"):
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                data="x",
            )
        hints_of(signed_in, translation)
        with django_assert_num_queries(16):
            hints_of(signed_in, translation)


def test_nobody_reads_the_hints_of_another_language(signed_in, polish):
    response = signed_in.get(reverse("translation_hints", args=[polish.pk]))
    assert response.status_code == 302
    assert signed_in.get(reverse("translation_hints", args=[99999])).status_code == 404
    assert signed_in.post(reverse("translation_hints", args=[polish.pk])).status_code == 405


# --- In the CMS ----------------------------------------------------------------------------------
def test_a_new_site_has_the_terms_and_what_people_do_to_them_stays(site):
    assert Term.objects.count() == len(read_terms())
    Term.objects.get(name="retrofit").delete()
    slovenian = Wording.objects.get(term__name="reuse", locale__language_code="sl")
    slovenian.forms = "ponovna raba"
    slovenian.save()
    setup_site()
    assert not Term.objects.filter(name="retrofit").exists()
    call_command("seed_glossary")
    assert Term.objects.count() == len(read_terms())
    slovenian.refresh_from_db()
    assert slovenian.forms == "ponovna raba"
    call_command("seed_glossary")
    assert Wording.objects.filter(term__name="retrofit").count() == 7


def form(**changed):
    sl = Locale.objects.get(language_code="sl").pk
    return {
        "name": "brick", "explanation": "",
        "wordings-TOTAL_FORMS": "1", "wordings-INITIAL_FORMS": "0", "wordings-MIN_NUM_FORMS": "0",
        "wordings-MAX_NUM_FORMS": "1000", "wordings-0-locale": str(sl),
        "wordings-0-forms": "opeka\nzidak\n",
        **changed,
    }  # fmt: skip


def test_an_administrator_adds_changes_and_deletes_a_term(client, site, person):
    client.force_login(person("head", roles.ADMINISTRATOR.name))
    assert client.post(reverse("glossary:add"), form()).status_code == 302
    term = Term.objects.get(name="brick")
    assert [wording.lines for wording in term.wordings.all()] == [["opeka", "zidak"]]
    wording = term.wordings.get()
    changed = form(
        **{
            "wordings-INITIAL_FORMS": "1",
            "wordings-0-id": str(wording.pk),
            "wordings-0-forms": "opeka",
        }
    )
    assert client.post(reverse("glossary:edit", args=[term.pk]), changed).status_code == 302
    wording.refresh_from_db()
    assert wording.lines == ["opeka"]
    assert client.post(reverse("glossary:delete", args=[term.pk])).status_code == 302
    assert not Term.objects.filter(name="brick").exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": "reuse"}, "already exists"),
        ({"name": ""}, "required"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"wordings-0-forms": " \n "}, "required"),
        ({"wordings-0-forms": "a" * 101}, "100 letters at most"),
        ({"wordings-0-locale": "999"}, "valid choice"),
    ],
)
def test_a_term_that_cannot_be_is_refused_in_the_form(client, site, person, changed, message):
    client.force_login(person("head", roles.ADMINISTRATOR.name))
    response = client.post(reverse("glossary:add"), form(**changed))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert Term.objects.count() == len(read_terms())


@pytest.mark.parametrize("key", ["<script>", "9" * 5000, "-1", "999999999", "1.5"])
def test_a_row_that_is_none_is_refused_with_what_was_typed(client, site, person, key):
    client.force_login(person("head", roles.ADMINISTRATOR.name))
    term = Term.objects.get(name="reuse")
    before = list(term.wordings.values_list("locale", "forms"))
    rows = {"wordings-INITIAL_FORMS": "1", "wordings-0-id": key, "wordings-0-forms": "typed"}
    response = client.post(reverse("glossary:edit", args=[term.pk]), form(name="reuse", **rows))
    assert response.status_code in (200, 400)
    assert "typed" in response.content.decode()
    assert list(term.wordings.values_list("locale", "forms")) == before


def test_a_language_twice_is_refused_in_the_form(client, site, person):
    client.force_login(person("head", roles.ADMINISTRATOR.name))
    data = form()
    data |= {
        "wordings-TOTAL_FORMS": "2",
        "wordings-1-locale": data["wordings-0-locale"],
        "wordings-1-forms": "x",
    }
    response = client.post(reverse("glossary:add"), data)
    assert response.status_code == 200
    assert "correct the duplicate" in response.content.decode()
    assert not Term.objects.filter(name="brick").exists()


@pytest.mark.parametrize("role", [roles.TRANSLATOR, roles.REVIEWER, roles.EDITOR])
def test_who_works_on_texts_reads_the_glossary_and_changes_nothing(client, site, person, role):
    client.force_login(person("reader", role.group_name("sl")))
    term = Term.objects.get(name="reuse")
    html = client.get(reverse("glossary:index")).content.decode()
    assert "ponovna uporaba" in html
    assert (
        "ponowne użycie" in client.get(reverse("glossary:inspect", args=[term.pk])).content.decode()
    )
    for name in ("edit", "delete"):
        assert (
            client.post(reverse(f"glossary:{name}", args=[term.pk]), form(name="x")).status_code
            == 403
        )
    assert client.post(reverse("glossary:add"), form()).status_code == 403
    assert set(
        Term.objects.filter(name__in=["reuse", "brick", "x"]).values_list("name", flat=True)
    ) == {"reuse"}


def test_the_list_costs_the_same_for_few_and_for_many_terms(
    client, site, person, django_assert_num_queries
):
    client.force_login(person("reader", roles.TRANSLATOR.group_name("sl")))
    Term.objects.exclude(name__in=["reuse"]).delete()
    client.get(reverse("glossary:index_results"))
    with django_assert_num_queries(12):
        client.get(reverse("glossary:index_results"))
    call_command("seed_glossary")
    with django_assert_num_queries(12):
        assert "paszport" in client.get(reverse("glossary:index_results")).content.decode()
    assert (
        "krožno"
        in client.get(reverse("glossary:index_results"), {"q": "circular"}).content.decode()
    )
