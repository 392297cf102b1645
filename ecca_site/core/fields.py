from collections.abc import Iterable

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.text import capfirst


class CodesField(models.CharField):
    """A set of codes out of ``choices``, a list of texts.

    It is stored as ``|de|sl|``, so that both databases can filter with ``contains``.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: str | None, expression: models.Expression, connection: BaseDatabaseWrapper
    ) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: str | Iterable[str] | None) -> list[str]:
        if isinstance(value, str):
            return [code for code in value.split("|") if code]
        return list(value or [])

    def get_prep_value(self, value: str | Iterable[str] | None) -> str:
        codes = self.to_python(value)
        return f"|{'|'.join(codes)}|" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        for code in value:
            super().validate(code, model_instance)
        if not value and not self.blank:
            super().validate("", model_instance)

    def run_validators(self, value: list[str]) -> None:
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: object) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            choices=self.choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, value: Iterable[str]) -> list[str]:
        """Return the names of codes; a code that is no choice any more stands for itself."""
        names = dict(self.flatchoices)
        return [names.get(code, code) for code in value]
