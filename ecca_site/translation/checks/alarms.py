"""What a check says of a translated text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alarm:
    """A place of a translated text at which something seems wrong.

    ``start`` and ``end`` are positions in the text as it is kept, tags and entities included.
    """

    check: str
    start: int
    end: int
    message: str
    mend: str | None = None  # what could stand between the two positions instead
    refuses: bool = False  # nothing is handed in while it stands
    about: str = ""  # tells it from another alarm of the same check at the same place

    def found_in(self, text: str) -> str:
        """Return the part of a text that the alarm is about."""
        return text[self.start : self.end]


def mended(text: str, alarm: Alarm) -> str:
    """Return a text as it would be with the mend of an alarm.

    Raises:
        ValueError: the alarm offers none.
    """
    if alarm.mend is None:
        raise ValueError(f"{alarm.check} offers no mend")
    return text[: alarm.start] + alarm.mend + text[alarm.end :]
