"""What a picture of the guide shows, so that one can see when it is out of date."""

import hashlib
import json
from pathlib import Path

from ecca_site.guide.pictures import MANIFEST

ROOT = Path(__file__).resolve().parents[2]
EDITOR = ("ecca_site/static/css/cms.css",)
REVIEW = ("ecca_site/static/css/cms.css", "ecca_site/static/css/moderation.css")
MODERATION = "ecca_site/moderation/templates/moderation"
TRANSLATION = "ecca_site/translation/templates/translation"

# For each picture the templates and styles of ours whose change makes it an old one.
SHOWN = {
    "home": (
        *REVIEW,
        "partners/templates/partners/panels/own_profiles.html",
        f"{MODERATION}/panels/my_items.html",
    ),
    "submit": (*EDITOR, "partners/models/profile.py", "ecca_site/moderation/action_menu.py"),
    "queue": (
        *REVIEW,
        "ecca_site/moderation/queue.py",
        f"{MODERATION}/claim_cell.html",
        f"{MODERATION}/due_cell.html",
        f"{MODERATION}/queue_results.html",
        f"{MODERATION}/since_cell.html",
    ),
    "review": (*REVIEW, f"{MODERATION}/review.html", f"{MODERATION}/part.html"),
    "approved": (*REVIEW, f"{MODERATION}/panels/approved.html"),
    "schedule": (*EDITOR, f"{TRANSLATION}/expiry_question.html"),
    "write": (*EDITOR, "news/models/page.py", "ecca_site/moderation/action_menu.py"),
    "translate": (
        *EDITOR,
        f"{TRANSLATION}/footer.html",
        f"{TRANSLATION}/text.html",
        f"{TRANSLATION}/work.html",
    ),
    "board": (
        *EDITOR,
        f"{TRANSLATION}/coverage/board.html",
        f"{TRANSLATION}/coverage/cell.html",
        f"{TRANSLATION}/coverage/results.html",
        f"{TRANSLATION}/coverage/state.html",
    ),
    "desk": (
        "conferences/static/conferences/desk.css",
        "conferences/templates/conferences/cms/registrations.html",
        "conferences/templates/conferences/cms/ways.html",
    ),
}


def sums(name: str, root: Path = ROOT) -> dict[str, str]:
    """Return a short sum of each file that a picture shows."""
    return {
        path: hashlib.sha256((root / path).read_bytes()).hexdigest()[:16] for path in SHOWN[name]
    }


def changed(records: dict[str, dict], root: Path = ROOT) -> dict[str, list[str]]:
    """Return the pictures that are out of date, each with the files that are not what they were."""
    found = {}
    for name in SHOWN:
        kept = records.get(name, {}).get("shows", {})
        now = sums(name, root)
        files = sorted(path for path in {*kept, *now} if kept.get(path) != now.get(path))
        if files:
            found[name] = files
    return found


def read() -> dict[str, dict]:
    return json.loads(MANIFEST.read_text())


def write(records: dict[str, dict]) -> None:
    MANIFEST.write_text(json.dumps(records, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
