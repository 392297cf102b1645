from http import HTTPMethod

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from .choices import load_choices
from .fallback import FallbackMixin
from .forms import PageForm
from .images import CustomImage, Rendition
from .permissions import STEER_PAGES, PagePermissions
from .publication import AnnouncedPublication

__all__ = ["BasePage", "CustomDocument", "CustomImage", "LeadImageMixin", "Rendition"]


class CustomDocument(AbstractDocument):
    """A file for download. Its title is for editors: readers get that of the link, in the language of the page."""

    admin_form_fields = Document.admin_form_fields


class BasePage(AnnouncedPublication, FallbackMixin, Page):
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
            [FieldPanel("slug", permission=STEER_PAGES), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("show_in_menus", permission=STEER_PAGES),
                FieldPanel("sample_note", permission=STEER_PAGES),
            ],
            heading=_("On the site"),
        ),
    ]
    settings_panels = [
        PublishingPanel(children=[FieldPanel(name, permission=STEER_PAGES) for name in ("go_live_at", "expire_at")])
    ]
    base_form_class = PageForm

    organisation_field = None  # the field that names whose page this is, where it is an organisation's
    # A public site: no page is private, so none is asked for who may see it.
    private_page_options = []
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return PagePermissions(user, self)

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def get_context(self, request, *args, **kwargs):
        load_choices(self)
        return super().get_context(request, *args, **kwargs)

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


class IndexPage(LeadImageMixin, BasePage):
    """The list of one kind of page, below the home page of a language."""

    max_count_per_parent = 1

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), *LeadImageMixin.lead_image_panels]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True
