"""However many publish at the same moment, the ledger is one chain."""

from conferences.models import Speaker
from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.models import LedgerEntry
from tests.races import MARKS, at_once

pytestmark = MARKS


def test_whoever_publishes_at_once_makes_one_chain(site):
    speakers = [
        Speaker.objects.create(name=f"S{number}", locale=site.locale) for number in range(4)
    ]
    revisions = [speaker.save_revision() for speaker in speakers]
    for _round in range(5):
        results = at_once(*(revision.publish for revision in revisions))
        assert [result for result in results if isinstance(result, Exception)] == []
    assert not LedgerEntry.objects.filter(link=None).exists()
    assert list(problems()) == []
    assert LedgerEntry.objects.filter(kind="conferences.speaker").count() == 20
