"""The twelve checks on single texts: what must be asked, and the traps that must not."""

import pytest

from ecca_site.translation.checks.alarms import mended
from ecca_site.translation.checks.catalogue import BY_THEMSELVES, NAMES, alarms_of
from ecca_site.translation.checks.consistency import Others, consistency
from ecca_site.translation.checks.language import language_of
from ecca_site.translation.checks.length import length

RIGHT = [  # language, original, translation
    ("sl", "The price is 1,000.5 euros.", "Cena je 1.000,5 evra."),
    ("pl", "The price is 1,000.5 euros.", "Cena to 1\u202f000,5 euro."),
    ("pl", "12,500 tonnes of concrete", "12&nbsp;500 ton betonu"),
    ("pl", "from 5,000 to 10,000", "od 5000 do 10 000"),
    ("sl", "1.234 tonnes per wall", "1,234 tone na zid"),
    ("sl", "The 1st conference", "Prva konferenca"),
    ("sl", "The 2nd conference takes place", "2. konferenca bo"),
    ("es", "In the 1990s bricks were thrown away.", "En los años noventa se tiraban ladrillos."),
    ("pl", "In the 1990s bricks were thrown away.", "W latach 90. cegły wyrzucano."),
    ("sl", "Open 24/7 for everybody.", "Odprto noč in dan za vse."),
    ("pl", "A house of the 19th century", "Dom z XIX wieku"),
    ("es", "A house of the 19th century", "Una casa del siglo XIX"),
    ("sl", "A house of the XIX century", "Hiša iz 19. stoletja"),
    ("sl", "It starts at 2 pm.", "Začne se ob 14. uri."),
    ("sl", "It starts at 9:30 am.", "Začne se ob 9.30."),
    ("sl", "Two of three classes", "2 od 3 razredov"),
    ("sl", "CO2 and H2020", "CO₂ in H2020"),
    ("sl", "Reply before 31 March 2027", "Odgovorite pred 31. marcem 2027"),
    ("hu", "Reply before 31 March 2027", "Válaszoljon 2027. március 31. előtt"),
    ("hu", "Opens on 12 January", "Január 12-én nyílik"),
    ("es", "Reply before 31 March 2027", "Responda antes del 31 de marzo de 2027"),
    ("pt", "Reply before 31 March 2027", "Responda antes de 31 de março de 2027"),
    ("sr-latn", "On 5 May 2020 it began.", "Počelo je 5. maja 2020."),
    ("pl", "On 5 May 2020 it began.", "Zaczęło się 5 maja 2020 r."),
    ("sl", "11–12 January 2017", "11. in 12. januar 2017"),
    ("sl", "On 12 January 2017", "Dne 12. 1. 2017"),
    ("es", "You may march in.", "Puede entrar."),
    ("es", "What is it? Come!", "¿Qué es? ¡Venga!"),
    ("sl", "He said “yes”.", "Rekel je »da«."),
    ("pl", "Harry's “old” house", "„Stary” dom Harry'ego"),
    ("pl", 'A screen of 15"', 'Ekran 15"'),
    ("pl", 'Write <code>a="b"</code> there', 'Wpisz tam <code>a="b"</code>'),
    ("hu", "“All “old” bricks”", "„Minden »régi« tégla”"),
    ("pl", "“All “old” bricks”", "„Wszystkie «stare» cegły”"),
    ("hu", "one by one, that one", "egy-egy, az az egy"),
    ("sl", "He says that yes", "Pravi, da da"),
    ("es", "Brick by brick. Brick", "Ladrillo a ladrillo. Ladrillo"),
    ("sl", "It begins on 11 January. Come!", "Začne se 11. januarja. Pridite!"),
    ("pl", "It began on 8 March 2016. It ends.", "Zaczęło się 8 marca 2016 r. Kończy się."),
    ("es", "SMEs, which are small, and others", "pymes (que son pequeñas) y otras"),
    ("pl", "SMEs", "MŚP"),
    ("sl", "Write to info@ecca.eu or +386 1 234 56 78.", "Na info@ecca.eu ali +386 1 234-56-78."),
    ("sl", "See https://www.example.eu/en/", "Glejte https://example.si/sl/"),
    ("sl", "Some <b>old</b>&nbsp;bricks", "Nekaj <strong>starih</strong>&nbsp;opek"),
    ("sl", "A line<br>and another", "Vrsta in še ena"),
    ("sl", "a) the first", "a) prvi"),
    ("hr", "Anything at all.", "Bilo što."),  # a language without a file is asked less
]
WRONG = [  # language, original, translation, check, the part of the text, what it mends to
    ("sl", "Before 31 March 2027", "Pred 13. aprilom 2072", "numbers", "13", None),
    ("sl", "Before 31 March 2027", "Pred 13. aprilom 2072", "dates", "13. aprilom 2072", None),
    ("sl", "Before 31 March 2027", "Pred 31. aprilom 2027", "dates", "31. aprilom 2027", None),
    ("hu", "Opens on 12 January", "Január 21-én nyílik", "dates", "Január 21", None),
    ("sl", "It costs 1,000.5 euros", "Stane 1.005 evrov", "numbers", "1.005", None),
    ("sl", "<b>15</b> walls", "<b>16</b> zidov", "numbers", "16", None),
    ("sl", "info@ecca.eu", "info@eca.eu", "addresses", "info@eca.eu", None),
    ("sl", "+386 1 234 56 78", "+386 1 234 56 87", "addresses", "+386 1 234 56 87", None),
    ("sl", "Look at www.ecca.eu", "Oglejte si www.aced.eu", "addresses", None, None),
    ("sl", "Old bricks.", "Stare opeke", "end_mark", "", "Stare opeke."),
    ("sl", "Old <b>bricks.</b>", "Stare <b>opeke</b>", "end_mark", "", "Stare <b>opeke.</b>"),
    ("sl", "Old bricks?", "Stare opeke!", "end_mark", "!", "Stare opeke?"),
    ("sl", "Old (bricks)", "Stare (opeke)!!", "end_mark", "!!", "Stare (opeke)"),
    ("sl", "“Yes”", "„Da«", "quotes", "„", "»Da«"),
    ("pl", "“Yes”", "«Tak”", "quotes", "«", "„Tak”"),
    ("es", "“Yes”", "&quot;Sí»", "quotes", "&quot;", "«Sí»"),
    ("sl", "Old bricks", "Stare  opeke", "blanks", " ", "Stare opeke"),
    ("sl", "Old, new", "Stare , nove", "blanks", " ", "Stare, nove"),
    ("sl", "Old", "Stare\u200b", "blanks", "\u200b", "Stare"),
    ("sl", "Old bricks", "Stare stare opeke", "doubled", " stare", "Stare opeke"),
    ("sl", "Old bricks", "Stare <b>stare</b>", "doubled", " <b>stare", None),
    (
        "sl",
        "Bricks are used again. They are cleaned by the people.",
        "Opeke so znova v rabi. They are cleaned by the people.",
        "left_over",
        "They are cleaned by the people.",
        None,
    ),
    ("sl", "old bricks", "old bricks", "unchanged", "old bricks", None),
    ("sl", "One. Two.", "Ena, dve.", "length", "Ena, dve.", None),
    ("sl", "<a id='a1'>Bricks</a>", "Opeke", "markup", "Opeke", None),
    ("sl", "Bricks", "<b>Opeke</b>", "markup", "<b>Opeke</b>", None),
    ("sl", "Old (new)", "Staro (novo", "markup", "(", None),
    ("sl", "Hello %(name)s", "Zdravo", "markup", "Zdravo", None),
]


@pytest.mark.parametrize(("language", "source", "target"), RIGHT, ids=lambda value: value[:30])
def test_a_right_text_is_asked_nothing(language, source, target):
    assert alarms_of(source, target, language, "en") == []


@pytest.mark.parametrize(
    ("language", "source", "target", "check", "part", "mend"),
    WRONG,
    ids=[f"{row[3]}: {row[2][:30]}" for row in WRONG],
)
def test_a_fault_is_found_at_its_place(language, source, target, check, part, mend):
    alarms = BY_THEMSELVES[check](source, target, language, "en")
    assert alarms
    alarm = alarms[0]
    assert alarm.check == check
    assert alarm.found_in(target) == (target if part is None else part)
    if mend is None:
        assert alarm.mend is None
    else:
        assert mended(target, alarm) == mend
        assert BY_THEMSELVES[check](source, mended(target, alarm), language, "en") == []


def test_only_addresses_length_and_markup_refuse():
    refusing = set()
    for language, source, target, *_rest in WRONG:
        for alarm in alarms_of(source, target, language, "en"):
            if alarm.refuses:
                refusing.add(alarm.check)
    refusing |= {alarm.check for alarm in length("Old", "Starejše", "sl", "en", longest=4)}
    assert refusing == {"addresses", "length", "markup"}


def test_a_text_may_not_be_longer_than_its_field():
    (alarm,) = length("Old", "Starejše", "sl", "en", longest=4)
    assert (alarm.found_in("Starejše"), alarm.refuses) == ("ejše", True)
    assert length("Old", "Star", "sl", "en", longest=4) == []


def test_one_source_has_one_translation_and_one_translation_one_source():
    others = Others(targets=["Starih opek"])
    (alarm,) = consistency("Old bricks", "Stare opeke", "sl", "en", others=others)
    assert "Starih opek" in alarm.message
    assert (
        consistency("Old bricks", "Stare opeke", "sl", "en", others=Others(["stare opeke."])) == []
    )
    others = Others(sources=["Nobody may apply at this time."])
    target = "Odgovorite do konca leta."
    (alarm,) = consistency("Reply before the end of the year.", target, "sl", "en", others=others)
    assert "Nobody may apply" in alarm.message
    others = Others(sources=["meets in Ljubljana in January"])
    target = "v Ljubljani v začetku januarja"
    assert consistency("in Ljubljana in January", target, "sl", "en", others=others) == []


def test_the_glossary_and_forbidden_words_are_asked_for():
    others = Others(missing_terms=lambda source, target: [("aggregate", "agregat")])
    (alarm,) = consistency("Old aggregate", "Star pesek", "sl", "en", others=others)
    assert ("aggregate" in alarm.message, "agregat" in alarm.message) == (True, True)
    assert language_of("pl").forbidden
    wrong, right = language_of("pl").forbidden[0]
    (alarm,) = consistency("Text", f"Text {wrong} text", "pl", "en")
    assert (alarm.found_in(f"Text {wrong} text"), alarm.refuses) == (wrong, False)
    assert right in alarm.message


def test_every_check_has_a_name_and_every_language_of_the_site_its_rules():
    assert len(NAMES) == 12
    assert set(NAMES) == {*BY_THEMSELVES, "consistency"}
    for code in ("en", "es", "hu", "pl", "pt", "sl", "sr-latn"):
        rules = language_of(code)
        assert len(rules.months) == 12
        assert rules.month_names is not None
        assert (bool(rules.quotes), bool(rules.common), bool(rules.abbreviations)) == (True,) * 3
    assert language_of("../pl").months == ()
