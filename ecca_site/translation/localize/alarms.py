"""The alarms of the texts that are stored of a translation, with the answers that were given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ecca_site.users.models import User

from ..checks.alarms import Alarm, mended
from ..checks.catalogue import NAMES, alarms_of
from ..checks.consistency import Others
from ..checks.models import AlarmAnswer, digest_of, key_of
from ..glossary.matching import Glossary
from ..glossary.models import Term
from .machine import MANUAL
from .records import StringSegment, StringTranslation, Translation
from .store import segments_of, texts_of
from .targets import label_of_path, longest_of, model_of, target_in

AnswersByText = dict[tuple[int, int, str], list[AlarmAnswer]]


@dataclass(frozen=True)
class Asked:
    """An alarm of a stored text, and what somebody answered to it."""

    source: str
    text: StringTranslation
    alarm: Alarm
    answer: AlarmAnswer | None

    @property
    def name(self) -> str:
        return str(NAMES[self.alarm.check])

    @property
    def key(self) -> str:
        """The name of the alarm in a form: it is none of another text, nor of this one changed."""
        alarm = self.alarm
        digest = digest_of(f"{alarm.about}\n{self.text.data}")[:16]
        return f"{self.text.pk}-{alarm.check}-{alarm.start}-{alarm.end}-{digest}"

    @property
    def is_refused(self) -> bool:
        return self.alarm.refuses

    @property
    def is_dismissed(self) -> bool:
        return self.answer is not None and bool(self.answer.reason) and not self.alarm.refuses

    @property
    def is_open(self) -> bool:
        return not self.is_refused and not self.is_dismissed

    @property
    def mended(self) -> str | None:
        """The text as it would be, None where no mend is offered."""
        return None if self.alarm.mend is None else mended(self.text.data, self.alarm)

    @property
    def has_place(self) -> bool:
        """Whether the alarm is about a part of the text."""
        return (self.alarm.start, self.alarm.end) != (0, len(self.text.data))

    @property
    def marked(self) -> SafeString:
        """The text as HTML, with the place of the alarm marked."""
        text = self.text.data
        alarm = self.alarm
        parts = (text[: alarm.start], text[alarm.start : alarm.end], text[alarm.end :])
        before, here, after = (escape(part) for part in parts)
        return mark_safe(f"{before}<mark>{here}</mark>{after}")  # noqa: S308  escaped


@dataclass(frozen=True)
class AskedText:
    """A stored text with its alarms."""

    segment: StringSegment
    text: StringTranslation
    label: str
    asked: tuple[Asked, ...]

    @property
    def refused(self) -> list[Asked]:
        return [each for each in self.asked if each.is_refused]

    @property
    def to_answer(self) -> list[Asked]:
        return [each for each in self.asked if not each.is_dismissed]

    @property
    def open(self) -> list[Asked]:
        return [each for each in self.asked if each.is_open]

    @property
    def dismissed(self) -> list[Asked]:
        return [each for each in self.asked if each.is_dismissed]


class Neighbours:
    """The other texts of a language that a text must agree with, and the glossary.

    They are read by a fixed number of queries for however many texts.
    """

    def __init__(self, translation: Translation, texts: Iterable[StringTranslation]) -> None:
        texts = list(texts)
        self.translation = translation
        confirmed = StringTranslation.objects.filter(
            locale=translation.target_locale_id, translation_type=MANUAL, has_error=False
        )
        self.targets: dict[int, set[tuple[int, str]]] = defaultdict(set)
        same_source = confirmed.filter(
            translation_of__in={text.translation_of_id for text in texts}
        )
        known = same_source.values_list("translation_of_id", "context_id", "data")
        for string_id, context_id, data in known:
            self.targets[string_id].add((context_id, data))
        self.sources: dict[str, set[tuple[int, str]]] = defaultdict(set)
        same_target = confirmed.filter(
            data__in={text.data for text in texts},
            translation_of__locale=translation.source.locale_id,
        )
        rows = same_target.values_list("data", "context_id", "translation_of__data")
        for data, context_id, source in rows:
            self.sources[data].add((context_id, source))

    @cached_property
    def glossary(self) -> Glossary:
        terms = Term.objects.prefetch_related("wordings")
        return Glossary(terms, self.translation.source.locale, self.translation.target_locale)

    def of(self, segment: StringSegment, data: str) -> Others:
        """Return what a translated text is held against.

        What else is stored at its own place, such as the text before, is no other text.
        """
        source = segment.string.data
        targets = self.targets[segment.string_id]
        sources = self.sources.get(data, set())
        here = segment.context_id
        return Others(
            targets=sorted({text for place, text in targets if place != here} - {data}),
            sources=sorted({text for place, text in sources if place != here} - {source}),
            missing_terms=self._missing_terms,
        )

    def _missing_terms(self, source: str, target: str) -> list[tuple[str, str]]:
        missing = self.glossary.missing(source, target)
        return [(term.name, ", ".join(approved)) for term, approved in missing]


def asked_texts(translation: Translation) -> list[AskedText]:
    """Return the texts of a translation that have alarms, in the order of the page.

    A machine's draft is asked nothing before somebody takes it as their own.
    """
    texts = texts_of(translation)
    pairs = []
    for segment in segments_of(translation).values():
        text = texts.get((segment.string_id, segment.context_id))
        if text is not None and text.translation_type == MANUAL:
            pairs.append((segment, text))
    neighbours = Neighbours(translation, [text for _segment, text in pairs])
    answers = _answers(translation)
    model = model_of(translation.source)
    found = []
    for segment, text in pairs:
        alarms = _alarms(translation, segment, text.data, neighbours)
        given = answers.get((segment.string_id, segment.context_id, digest_of(text.data)), [])
        by_key = {answer.key: answer for answer in given}
        asked = []
        for alarm in alarms:
            asked.append(Asked(segment.string.data, text, alarm, by_key.get(key_of(alarm))))
        if asked:
            label = label_of_path(model, segment.context.field_path)
            found.append(AskedText(segment, text, label, tuple(asked)))
    return found


def alarms_of_new(
    translation: Translation, texts: Iterable[tuple[StringSegment, str]]
) -> list[tuple[StringSegment, Alarm]]:
    """Return the alarms of texts that are not stored yet."""
    unsaved = []
    for segment, data in texts:
        text = StringTranslation(translation_of=segment.string, data=data)
        unsaved.append((segment, text))
    neighbours = Neighbours(translation, [text for _segment, text in unsaved])
    found = []
    for segment, text in unsaved:
        for alarm in _alarms(translation, segment, text.data, neighbours):
            found.append((segment, alarm))
    return found


def _alarms(
    translation: Translation, segment: StringSegment, data: str, neighbours: Neighbours
) -> list[Alarm]:
    return alarms_of(
        segment.string.data,
        data,
        translation.target_locale.language_code,
        translation.source.locale.language_code,
        longest=longest_of(target_in(model_of(translation.source), segment.context)),
        others=neighbours.of(segment, data),
    )


def _answers(translation: Translation) -> AnswersByText:
    found: AnswersByText = defaultdict(list)
    answers = AlarmAnswer.objects.filter(
        context__object=translation.source.object_id, locale=translation.target_locale_id
    )
    for answer in answers.select_related("user"):
        found[answer.string_id, answer.context_id, answer.target_digest].append(answer)
    return found


@transaction.atomic
def answer(asked: Iterable[Asked], user: User, reason: str = "") -> None:
    """Keep the answer of a user to alarms; one without a reason says that they were seen."""
    for each in asked:
        check, start, end, about = key_of(each.alarm)
        AlarmAnswer.objects.update_or_create(
            string_id=each.text.translation_of_id,
            context_id=each.text.context_id,
            locale_id=each.text.locale_id,
            check_name=check,
            start=start,
            end=end,
            about_digest=about,
            target_digest=digest_of(each.text.data),
            defaults={"target": each.text.data, "reason": reason, "user": user},
        )
