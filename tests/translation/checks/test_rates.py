"""The checks on the demo's approved texts, and on the same texts with planted faults."""

import random

import pytest
from django.utils import translation

from . import planted, rates

MOST_ASKED = 0.01  # of right texts
LEAST_FOUND = {"numbers": 0.95, "dates": 0.95, "markup": 0.95, "lost sentences": 0.8}


@pytest.fixture(scope="module")
def measured():
    with translation.override("en"):
        return [rates.measure(language) for language in rates.LANGUAGES]


def test_hardly_a_right_text_is_asked_about(measured):
    for language in measured:
        questions = [(alarm.check, target) for _source, target, alarm in language.asked]
        assert language.asked_texts <= MOST_ASKED * language.texts, questions


def test_planted_faults_are_found(measured):
    for language in measured:
        for fault, least in LEAST_FOUND.items():
            assert language.planted[fault], (language.language, fault)
            missed = [text for name, _source, text in language.missed if name == fault]
            assert language.share(fault) >= least, (language.language, fault, missed)


def test_the_document_has_the_figures_of_this_code(measured):
    text = rates.DOCUMENT.read_text()
    assert rates.with_tables(text, rates.tables(measured)) == text


def faulty_texts(seed):
    chance = random.Random(seed)
    texts = rates.texts_of("sl")
    return [planted.number(source, target, "sl", chance) for source, target in texts]


def test_a_seed_plants_the_same_faults_again_and_another_one_others():
    assert faulty_texts(1) == faulty_texts(1)
    assert faulty_texts(1) != faulty_texts(2)
