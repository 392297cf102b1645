from typing import Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from ecca_site.core.facts import KEPT_OF_DRAFTS, KEPT_OF_LOCKS, shared, translated
from ecca_site.core.forms import SnippetForm
from ecca_site.core.publication import AnnouncedPublication
from ecca_site.i18n.analysis import fold


def folded(text: str) -> str:
    """Return a text without what people write now so and now otherwise: case, accents, spaces."""
    return " ".join(fold(text).split())


class SpeakerQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Return those whom visitors may see: others, and what they hold, are drafts."""
        return self.filter(live=True)

    def like(self, name: str, organisation: str) -> list["Speaker"]:
        """Return those who have a name and an organisation, however they are written.

        Case, accents and spaces do not count; what a draft says counts as well.
        """
        wanted = (folded(name), folded(organisation))
        found = []
        for speaker in self.select_related("latest_revision"):
            if wanted in speaker.known_as():
                found.append(speaker)
        return found


class Speaker(
    AnnouncedPublication,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    ClusterableModel,
    index.Indexed,
):
    """A person who speaks at conferences, in one language.

    What is written here goes live by its review, as pages do (see ``access.roles.WORKFLOWS``).
    """

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    picture = models.ForeignKey(
        "uploads.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    biography = models.TextField(_("biography"), blank=True)

    in_other_languages = (
        # A name may be written otherwise: Shakespeare is Šekspir.
        translated("name", "role", "organisation", "biography"),
        shared("picture"),
        KEPT_OF_DRAFTS,
        KEPT_OF_LOCKS,
    )
    base_form_class = SnippetForm
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
        FieldPanel("picture"),
        FieldPanel("biography"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    objects = SpeakerQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def known_as(self) -> set[tuple[str, str]]:
        """Return the names and organisations of the row and of the latest version, to compare."""
        pairs = {(folded(self.name), folded(self.organisation))}
        if self.latest_revision is not None:
            latest = self.latest_revision.content
            pairs.add((folded(latest["name"]), folded(latest["organisation"])))
        return pairs

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "conferences/speaker_preview.html"
