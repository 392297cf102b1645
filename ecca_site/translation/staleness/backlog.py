"""The backlog of a translation: what the changes of its source leave to do."""

from dataclasses import dataclass, field
from datetime import datetime

from ..localize.segments import Difference, count_words, fields_without_texts
from ..models import SourceChange, TranslationState

Text = tuple[str, str]  # its place, and what it is in the source


@dataclass
class Backlog:
    """The work that some changes of a source leave to a translation; minor changes add none."""

    # By a text of the source, the one that the translation was made from, None where it has none.
    texts: dict[Text, str | None] = field(default_factory=dict)
    # Texts that the translation has and the source no longer, in the order of the page.
    gone: dict[Text, None] = field(default_factory=dict)
    # By the name of a field, the fingerprint that the translation has.
    others: dict[str, str | None] = field(default_factory=dict)
    since: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.gone or self.others)

    @property
    def fields(self) -> list[str]:
        """The names of changed fields in which no text has changed."""
        places = [place for place, _text in [*self.texts, *self.gone]]
        return fields_without_texts(self.others, places)

    @property
    def segments(self) -> int:
        """The number of texts that are new, changed or gone, and of fields besides."""
        return len(self.texts) + len(self.gone) + len(self.fields)

    @property
    def words(self) -> int:
        """The number of words to translate."""
        return sum(count_words(text) for _place, text in self.texts)

    def add(self, change: SourceChange) -> None:
        """Take in the next change of the source."""
        changed = Difference.from_json(change.difference)
        for place, before, after in changed.texts:
            self._add_text(place, before, after, change.is_minor)
        for name, before, after in changed.others:
            self._add_field(name, before, after, change.is_minor)
        if self.is_empty:
            self.since = None
        elif self.since is None:
            self.since = change.published_at

    def _add_text(self, place: str, before: str | None, after: str | None, is_minor: bool) -> None:
        had = before
        if before is not None and (place, before) in self.texts:
            had = self.texts.pop((place, before))
        elif is_minor:
            return
        if after is None:
            if had is not None and not is_minor:
                self.gone[place, had] = None
        elif had is None and (place, after) in self.gone:
            del self.gone[place, after]
        elif had != after:
            self.texts[place, after] = had

    def _add_field(self, name: str, before: str | None, after: str | None, is_minor: bool) -> None:
        if name in self.others:
            if self.others[name] == after:
                del self.others[name]
        elif not is_minor:
            self.others[name] = before


def backlog_of(state: TranslationState, *, with_unpublished: bool = False) -> Backlog:
    """Return the backlog from the changes of its source that a translation does not know."""
    backlog = Backlog()
    if state.translated_at is None or state.source_id is None:
        return backlog
    changes = SourceChange.objects.of_source(state.source_id)
    if not with_unpublished:
        changes = changes.published()
    if state.seen_id:
        changes = changes.filter(pk__gt=state.seen_id)
    for change in changes:
        backlog.add(change)
    return backlog
