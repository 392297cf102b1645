from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from .images import CustomImage, Rendition

__all__ = ["BasePage", "CustomDocument", "CustomImage", "LeadImageMixin", "Rendition"]


class CustomDocument(AbstractDocument):
    """A file for download."""

    admin_form_fields = Document.admin_form_fields


class BasePage(Page):
    """What every page of the site has: an honest "sample" note, and a slug that no translation changes."""

    sample_note = models.CharField(
        _("sample note"),
        max_length=255,
        blank=True,
        help_text=_("Shown as a visible mark. Say what on this page is made up; leave empty where all is fact."),
    )

    # The slug of a translation is made from its title (see ecca_site.translation.slugs), never synchronised.
    override_translatable_fields = [BaseTranslatableField("slug")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("sample_note")],
            heading=_("On the site"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def share_image(self):
        """The picture other sites show with a link to this page, or None."""
        return getattr(self, "lead_image", None)


class LeadImageMixin(models.Model):
    """A lead picture with an alternative text of its own in every language."""

    lead_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it. Empty if it only decorates."),
    )

    lead_image_panels = [
        MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead picture"))
    ]
    lead_image_search_fields = [index.SearchField("lead_image_alt")]

    class Meta:
        abstract = True
