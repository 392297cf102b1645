from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

LONGEST_FORM = 100  # letters


class Term(ClusterableModel):
    """A term of the trade, by its English name, with its forms in each language."""

    name = models.CharField(
        _("term"), max_length=LONGEST_FORM, unique=True, help_text=_("In English, singular.")
    )
    explanation = models.TextField(_("explanation"), blank=True, max_length=500)

    panels = [
        FieldPanel("name"),
        FieldPanel("explanation"),
        InlinePanel("wordings", heading=_("In each language"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def in_languages(self) -> str:
        """Return the approved forms of every language, as people read them in lists."""
        wordings = sorted(self.wordings.all(), key=lambda wording: wording.locale_id)
        return "; ".join(f"{wording.locale.language_code}: {wording}" for wording in wordings)

    in_languages.short_description = _("In each language")


def check_forms(forms: str) -> None:
    """Refuse a form that is too long.

    Raises:
        ValidationError: the form says so.
    """
    if any(len(line.strip()) > LONGEST_FORM for line in forms.splitlines()):
        raise ValidationError(
            _("Each form may have %(count)d letters at most.") % {"count": LONGEST_FORM}
        )


class Wording(models.Model):
    """The approved forms of a term in one language.

    In English they are further names by which the term is found in a source.
    """

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="wordings")
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    forms = models.TextField(
        _("approved forms"),
        validators=[check_forms],
        max_length=1000,
        help_text=_("One a line, the preferred one first. Inflected forms are recognised."),
    )

    panels = [FieldRowPanel([FieldPanel("locale"), FieldPanel("forms")])]

    class Meta:
        verbose_name = _("forms in a language")
        constraints = [
            models.UniqueConstraint(fields=["term", "locale"], name="glossary_wording_language")
        ]

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The forms, the preferred one first."""
        return [line.strip() for line in self.forms.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if not self.lines:
            raise ValidationError({"forms": _("Give at least one form.")})
