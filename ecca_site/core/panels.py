"""Panels of the page editor in place of Wagtail's own."""

from wagtail.admin.panels import TitleFieldPanel


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
