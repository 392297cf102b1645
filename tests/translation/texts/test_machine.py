"""Machine translation against a server that speaks as LibreTranslate and DeepL do.

Off by default.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.conf import settings as project_settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import resolve, reverse
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.models import StringTranslation

from ecca_site.settings import machine_translation
from ecca_site.translation.localize import machine
from tests import factories

from .conftest import RICH, segment_of
from .test_editor import put, text_address


class LibreTranslate(ThreadingHTTPServer):
    """Answers each text as ``answer`` says; see https://libretranslate.com/docs/."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests, self.status, self.body = [], 200, None
        self.answer = lambda text, target: f"{text} ({target})"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if (
            self.path == "/v2/translate"
        ):  # DeepL; see https://developers.deepl.com/docs/api-reference/translate
            asked = parse_qs(sent.decode())
            texts = [f"{text} ({asked['target_lang'][0]})" for text in asked["text"]]
            self.answer(
                asked,
                {
                    "translations": [
                        {"detected_source_language": "EN", "text": text} for text in texts
                    ]
                },
            )
            return
        asked = json.loads(sent)
        self.answer(
            asked,
            {"translatedText": [self.server.answer(text, asked["target"]) for text in asked["q"]]},
        )

    def answer(self, asked, data):
        self.server.requests.append((self.path, asked))
        body = self.server.body if self.server.body is not None else json.dumps(data)
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    with LibreTranslate() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
            "CLASS": machine_translation.CLASSES["libretranslate"],
            "OPTIONS": {"LIBRETRANSLATE_URL": server.url, "API_KEY": "key", "TIMEOUT": 2},
        }
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def signed_in(client, translator):
    client.force_login(translator)
    return client


def ask_for_all(client, translation):
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def ask_for_one(client, translation, text):
    segment = segment_of(translation, text)
    return client.post(reverse("translation_texts:suggest", args=[translation.pk, segment.pk]))


def messages_of(response):
    return [str(message).strip() for message in response.wsgi_request._messages]


def test_without_a_service_nothing_is_offered(signed_in, slovenian):
    assert project_settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR is None
    assert ask_for_all(signed_in, slovenian).status_code == 404
    assert ask_for_one(signed_in, slovenian, "Bricks").status_code == 404
    html = signed_in.get(slovenian.get_target_instance_edit_url()).content.decode()
    assert "&quot;machineTranslator&quot;: null" in html


def test_one_text_is_asked_for_and_kept_as_a_draft(signed_in, slovenian, service, translator):
    assert ask_for_one(signed_in, slovenian, "Bricks").status_code == 302
    assert service.requests == [
        (
            "/translate",
            {"q": ["Bricks"], "source": "en", "target": "sl", "api_key": "key", "format": "html"},
        )
    ]
    draft = StringTranslation.objects.get()
    assert (draft.data, draft.translation_type, draft.tool_name, draft.last_translated_by) == (
        "Bricks (sl)", "machine", "LibreTranslate", translator,
    )  # fmt: skip
    assert list(machine.unconfirmed(slovenian)) == [draft]


def test_all_missing_texts_are_asked_for_and_what_a_person_wrote_stays(
    signed_in, slovenian, service
):
    put(signed_in, text_address(slovenian, "Bricks"), value="Opeke")
    response = ask_for_all(signed_in, slovenian)
    assert messages_of(response) == ["5 drafts by LibreTranslate. Check each, then confirm it."]
    assert "Bricks" not in service.requests[0][1]["q"]
    assert StringTranslation.objects.get(translation_of__data="Bricks").data == "Opeke"
    assert machine.unconfirmed(slovenian).count() == 5
    assert (
        messages_of(ask_for_all(signed_in, slovenian))[-1] == "There is nothing left to translate."
    )
    assert len(service.requests) == 1


def test_nothing_goes_live_or_into_the_queue_by_itself(
    signed_in, slovenian, service, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_all(signed_in, slovenian)
    page = slovenian.get_target_instance()
    assert (page.live, page.title, page.current_workflow_state) == (False, "Bricks", None)


def test_saving_a_draft_confirms_it_changed_or_not(signed_in, slovenian, service, translator):
    ask_for_all(signed_in, slovenian)
    put(signed_in, text_address(slovenian, "Bricks"), value="Bricks (sl)")
    put(signed_in, text_address(slovenian, "Join"), value="Pridruži se")
    assert machine.unconfirmed(slovenian).count() == 4
    saved = StringTranslation.objects.get(translation_of__data="Bricks")
    assert (saved.translation_type, saved.tool_name, saved.last_translated_by) == (
        "manual",
        "",
        translator,
    )


def test_drafts_are_confirmed_one_by_one(
    signed_in, slovenian, polish, service, admin_client, translator
):
    ask_for_all(signed_in, slovenian)
    ask_for_all(admin_client, polish)
    address = reverse("translation_texts:confirm", args=[slovenian.pk])
    mine = StringTranslation.objects.get(
        translation_of__data="Bricks", locale=slovenian.target_locale
    )
    foreign = StringTranslation.objects.get(
        translation_of__data="Bricks", locale=polish.target_locale
    )
    response = signed_in.post(address, {"text": [mine.pk, foreign.pk, "x", "-1", "9" * 30]})
    assert messages_of(response)[-1] == "1 text is confirmed."
    assert machine.unconfirmed(slovenian).count() == 5
    assert machine.unconfirmed(polish).count() == 6
    mine.refresh_from_db()
    assert (mine.data, mine.translation_type, mine.last_translated_by) == (
        "Bricks (sl)",
        "manual",
        translator,
    )


def test_drafts_of_texts_that_are_gone_need_no_confirmation(signed_in, slovenian, article, service):
    ask_for_all(signed_in, slovenian)
    article.body = []
    article.save()
    slovenian.source.update_from_db()
    texts = set(machine.unconfirmed(slovenian).values_list("translation_of__data", flat=True))
    assert texts == {"Bricks", "One<br/>Two"}


def test_what_the_machine_spoils_is_left_to_the_translator(signed_in, slovenian, service):
    service.answer = lambda text, target: "<script>x</script>" if "twice" in text else text
    response = ask_for_all(signed_in, slovenian)
    assert messages_of(response) == [
        "5 drafts by LibreTranslate. Check each, then confirm it.",
        "1 text is left to you: the machine has spoilt its markup.",
    ]
    assert not StringTranslation.objects.filter(translation_of__data=RICH).exists()


def test_markup_and_placeholders_reach_the_service_and_come_back(signed_in, slovenian, service):
    service.answer = lambda text, target: text.replace("Bricks live", "Opeke živijo").replace(
        "others", "drugi"
    )
    ask_for_one(signed_in, slovenian, RICH)
    expected = 'Opeke živijo <b>twice</b>, as <a id="a1">drugi</a> say &amp; show.'
    assert StringTranslation.objects.get().data == expected


def test_serbian_comes_in_latin_letters(article, translate, service, admin_client):
    serbian = translate(article, "sr-latn")
    service.answer = lambda text, target: "Цигле Његош Џак љубав Ђ"
    ask_for_one(admin_client, serbian, "Bricks")
    assert service.requests[0][1]["target"] == "sr"
    assert StringTranslation.objects.get().data == "Cigle Njegoš Džak ljubav Đ"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "x"), (403, '{"error": "no"}'), (200, "x"), (200, "{}"), (200, "[]"), (200, "null"),
        (200, '{"translatedText": ["a"]}'), (200, '{"translatedText": [null, 1, 2, 3, 4, 5]}'),
    ],
)  # fmt: skip
def test_a_service_that_fails_costs_nothing(signed_in, slovenian, service, status, body):
    service.status, service.body = status, body
    response = ask_for_all(signed_in, slovenian)
    assert response.status_code == 302
    assert messages_of(response) == [
        "LibreTranslate does not answer as it should. Try again later, or translate yourself."
    ]
    assert not StringTranslation.objects.exists()


def test_a_service_that_is_not_there_costs_nothing(signed_in, slovenian, service, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["LIBRETRANSLATE_URL"] = (
        "http://127.0.0.1:1"
    )
    assert "does not answer" in messages_of(ask_for_all(signed_in, slovenian))[0]


def test_many_texts_are_asked_for_in_batches(site, translate, service, admin_client):
    rows = [
        {"type": "heading", "value": f"Heading {number}"} for number in range(machine.BATCH + 9)
    ]
    translation = translate(factories.add_content(site, title="Long", body=rows), "sl")
    ask_for_all(admin_client, translation)
    assert [len(asked["q"]) for _path, asked in service.requests] == [machine.BATCH, 10]
    assert machine.unconfirmed(translation).count() == machine.BATCH + 10


def test_no_transaction_waits_for_the_service(slovenian):
    for name, arguments in (("machine_translate", [1]), ("suggest", [1, 2])):
        view = resolve(reverse(f"translation_texts:{name}", args=arguments)).func
        assert view._non_atomic_requests == {"default"}
    assert (
        resolve(reverse("wagtail_localize:machine_translate", args=[1])).view_name
        == "translation_texts:machine_translate"
    )


def test_other_methods_are_not_allowed(signed_in, slovenian, service):
    for name in ("machine_translate", "confirm"):
        assert (
            signed_in.get(reverse(f"translation_texts:{name}", args=[slovenian.pk])).status_code
            == 405
        )


def test_what_is_under_review_gets_no_drafts(signed_in, slovenian, service, translator):
    page = slovenian.get_target_instance()
    page.save_revision(user=translator)
    page.get_workflow().start(page, translator)
    response = ask_for_all(signed_in, slovenian)
    assert "waits for a decision" in messages_of(response)[0]
    assert not StringTranslation.objects.exists()
    assert service.requests == []


def test_deepl_is_asked_as_its_reference_says(signed_in, slovenian, service, settings, monkeypatch):
    monkeypatch.setattr(
        DeepLTranslator, "get_api_endpoint", lambda self: f"{service.url}/v2/translate"
    )
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": machine_translation.CLASSES["deepl"], "OPTIONS": {"AUTH_KEY": "secret"},
    }  # fmt: skip
    ask_for_one(signed_in, slovenian, "Bricks")
    assert service.requests == [
        (
            "/v2/translate",
            {
                "text": ["Bricks"],
                "tag_handling": ["xml"],
                "source_lang": ["EN"],
                "target_lang": ["SL"],
            },
        )
    ]
    draft = StringTranslation.objects.get()
    assert (draft.data, draft.translation_type, draft.tool_name) == (
        "Bricks (SL)",
        "machine",
        "DeepL",
    )


def test_the_environment_turns_it_on(monkeypatch):
    assert machine_translation.read() is None
    monkeypatch.setenv("ECCA_MACHINE_TRANSLATOR", "libretranslate")
    with pytest.raises(ImproperlyConfigured):
        machine_translation.read()
    monkeypatch.setenv("ECCA_MACHINE_TRANSLATOR_URL", "https://translate.example/")
    assert machine_translation.read()["OPTIONS"] == {
        "LIBRETRANSLATE_URL": "https://translate.example", "API_KEY": "", "TIMEOUT": 20,
    }  # fmt: skip
    monkeypatch.setenv("ECCA_MACHINE_TRANSLATOR", "deepl")
    with pytest.raises(ImproperlyConfigured):
        machine_translation.read()
    monkeypatch.setenv("ECCA_MACHINE_TRANSLATOR_KEY", "secret")
    assert machine_translation.read()["OPTIONS"] == {"AUTH_KEY": "secret"}
    monkeypatch.setenv("ECCA_MACHINE_TRANSLATOR", "babelfish")
    with pytest.raises(ImproperlyConfigured):
        machine_translation.read()


def test_both_services_know_every_language_of_the_site(article, translate, settings):
    for name in ("libretranslate", "deepl"):
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
            "CLASS": machine_translation.CLASSES[name],
            "OPTIONS": {},
        }
        for code in ("sl", "sr-latn"):
            assert machine.translator_for(translate(article, code)).display_name in (
                "LibreTranslate",
                "DeepL",
            )
