"""Panels of the page editor in place of Wagtail's own."""

from typing import Any

from django.template import Context
from wagtail.admin.panels import Panel, TitleFieldPanel


class TitlePanel(TitleFieldPanel):
    """The title, which writes the slug while one types, but only where the form has a slug.

    Where a role has no slug Wagtail looks for its field by an empty selector, and its script fails.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, str]:
            attrs: dict[str, str] = super().get_attrs()
            if attrs["data-w-sync-target-value"]:
                return attrs
            return {name: value for name, value in attrs.items() if name == "placeholder"}


class SlotPanel(Panel):
    """A place in the page editor that higher rooms fill (see ``slots``)."""

    def __init__(self, slot: str, permission: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.slot = slot
        self.permission = permission

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "slot": self.slot, "permission": self.permission}

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/slot_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and self.request.user.has_perm(
                self.panel.permission
            )

        def get_context_data(self, parent_context: Context | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {
                **context,
                "slot_name": self.panel.slot,
                "page": self.instance,
                "request": self.request,
            }
