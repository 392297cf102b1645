from collections.abc import Collection
from http import HTTPMethod
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ecca_site.delivery.fallback import FallbackMixin
from ecca_site.delivery.memory import hand_on, handed_on
from ecca_site.delivery.parameters import declare

from .choices import load_choices
from .facts import (
    KEPT_OF_DRAFTS,
    KEPT_OF_LOCKS,
    KEPT_OF_PAGES,
    Declaration,
    own,
    shared,
    translated,
)
from .forms import WHOLE, PageForm
from .known_keys import KnownKeys
from .panels import SlotPanel, TitlePanel
from .permissions import STEER_PAGES, PagePermissions
from .publication import AnnouncedPublication, OwnExpiry

if TYPE_CHECKING:
    from ecca_site.uploads.models import CustomImage


def hand_on_parent(page: Page) -> None:
    """Let the pages right below this one know it, for the rest of the request."""
    hand_on(("parent", page.path), page)


class BasePage(AnnouncedPublication, KnownKeys, OwnExpiry, FallbackMixin, Page):
    """The base of every page of the site, with the fields and rules that all pages share."""

    sample_note = models.CharField(
        _("sample note"),
        max_length=255,
        blank=True,
        help_text=_(
            "Shown as a visible mark. Say what on this page is made up; leave empty where all is "
            "fact."
        ),
    )

    in_other_languages: tuple[Declaration, ...] = (
        translated("title", "seo_title", "search_description", "sample_note"),
        shared("show_in_menus"),
        own("slug"),  # made from the translated title (translation.submission.slugs)
        KEPT_OF_DRAFTS,
        KEPT_OF_LOCKS,
        KEPT_OF_PAGES,
    )
    content_panels = [TitlePanel("title")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug", permission=STEER_PAGES),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
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
        PublishingPanel(
            children=[
                FieldPanel("go_live_at", permission=STEER_PAGES),
                FieldPanel("expire_at", permission=STEER_PAGES),
                SlotPanel("schedule", permission=STEER_PAGES),
            ]
        )
    ]
    base_form_class = PageForm

    # The card of the page in lists: "news" is includes/news_card.html, which knows it as ``news``.
    card = ""
    # The field with the name of the organisation whose page this is.
    organisation_field: str | None = None
    # No page of a public site is private, so nobody is asked who may see it.
    private_page_options: list[str] = []
    # The parameters that visitors' addresses of the page may hold.
    query_parameters: tuple[str, ...] = ()
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        declare(cls.query_parameters)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the page as a whole, too, unless a form excludes that for a draft."""
        super().validate_constraints(exclude=exclude)
        if exclude is None or WHOLE not in exclude:
            self.check_whole()

    def check_whole(self) -> None:
        """Check a page that is submitted or goes live; a draft may be unfinished.

        Raises:
            ValidationError: fields of the page do not fit together.
        """

    def permissions_for_user(self, user: AbstractUser) -> PagePermissions:
        return PagePermissions(user, self)

    def get_parent(self, *args: object, **kwargs: object) -> Page | None:
        known = handed_on(("parent", self.path[: -self.steplen]))
        return known or super().get_parent(*args, **kwargs)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        load_choices(self)
        return super().get_context(request, *args, **kwargs)

    @property
    def share_image(self) -> "CustomImage | None":
        """The picture other sites show with a link to this page, or None."""
        return getattr(self, "lead_image", None)


class LeadImageMixin(models.Model):
    """A lead picture with an alternative text of its own in every language."""

    lead_image = models.ForeignKey(
        "uploads.CustomImage",
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
        help_text=_(
            "What the picture shows, for people who cannot see it. Empty if it only decorates."
        ),
    )

    in_other_languages: tuple[Declaration, ...] = (translated("lead_image", "lead_image_alt"),)
    lead_image_panels = [
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead picture")
        )
    ]
    lead_image_search_fields = [index.SearchField("lead_image_alt")]

    class Meta:
        abstract = True


class IndexPage(LeadImageMixin, BasePage):
    """The list of one kind of page, below the home page of a language."""

    max_count_per_parent = 1

    introduction = models.TextField(_("introduction"), blank=True)

    in_other_languages = (translated("introduction"),)
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        *LeadImageMixin.lead_image_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True
