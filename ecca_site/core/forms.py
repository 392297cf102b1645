from collections import defaultdict

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .publication import lock_children


class PageForm(WagtailAdminPageForm):
    """Checks what the choosers only hide: that whoever chose a picture, a document or a page may choose it."""

    def clean(self):
        self._wait_for_siblings()
        cleaned = super().clean()
        for name in cleaned.keys() & self.fields.keys():
            field = self._meta.model._meta.get_field(name) if name in self._model_fields else None
            chosen = chosen_in(field, cleaned[name]) - chosen_in(field, self.initial.get(name))
            if not may_choose(self.for_user, chosen):
                self.add_error(name, _("You may not choose this."))
                # Shown again, the choice would tell what is not this person's to know: its title, its address.
                self.fields[name].bound_data = lambda data, initial: initial
        return cleaned

    @property
    def _model_fields(self):
        return {field.name for field in self._meta.model._meta.get_fields()}

    def _wait_for_siblings(self):
        """Of two people who give two pages the same slug at once, one is told so; neither database forbids it."""
        if connection.in_atomic_block and (self.instance.pk is None or "slug" in self.changed_data):
            lock_children(self.parent_page)


def chosen_in(field, value):
    """Return the pairs of model and primary key that a field's value chooses: itself, in its blocks or its links."""
    if isinstance(value, Model):
        return {(type(value), str(value.pk))}
    if not value or not hasattr(field, "extract_references"):
        return {(field.related_model, str(value))} if value and getattr(field, "many_to_one", False) else set()
    return {(model, str(pk)) for model, pk, _model_path, _content_path in field.extract_references(value)}


def may_choose(user, chosen):
    """Whether a user may put all these on a page; anything but pictures, documents and pages is left to its field."""
    if user is None or user.is_superuser:
        return True
    by_model = defaultdict(set)
    for model, pk in chosen:
        by_model[model].add(pk)
    return all(len(pks) == _choosable(user, model, pks) for model, pks in by_model.items())


def _choosable(user, model, pks):
    policy = policy_registry.get_by_type(model)
    if issubclass(model, (AbstractImage, AbstractDocument)):
        return policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk__in=pks).count()
    if issubclass(model, Page):
        own = policy_registry.get_by_type(Page).explorable_instances(user)
        return (Page.objects.filter(pk__in=pks).live() | Page.objects.filter(pk__in=own.filter(pk__in=pks))).count()
    return len(pks)
