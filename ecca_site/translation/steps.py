"""The steps of a translation, as the log of a page tells them."""

from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry


class Step(LogFormatter):
    """A step of a translation in the log, with the comment that was made."""

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        return log_entry.data.get("comment", "")


STEPS = (  # name of the action, label, message
    (
        "confirm",
        gettext_lazy("No change needed"),
        gettext_lazy("The translation was confirmed as it is"),
    ),
    (
        "bind",
        gettext_lazy("Publish together"),
        gettext_lazy("Bound to go live together with languages"),
    ),
    (
        "unbind",
        gettext_lazy("Let go of languages"),
        gettext_lazy("Not bound to languages any more"),
    ),
    (
        "request",
        gettext_lazy("Ask for translation"),
        gettext_lazy("Asked for as a translation"),
    ),
    (
        "share",
        gettext_lazy("Take over facts"),
        gettext_lazy("Facts of the original taken over"),
    ),
)


def register_steps(actions: LogActionRegistry) -> None:
    for name, label, message in STEPS:
        formatter = type("Step", (Step,), {"label": label, "message": message})
        actions.register_action(f"translation.{name}")(formatter)
