"""The CMS's list of people: only superusers make superusers, and change them."""

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from wagtail.users.views.users import CreateView, EditView
from wagtail.users.views.users import UserViewSet as BaseUserViewSet


class WithoutSuperpowers:
    """A view that gives nobody but superusers a say about superusers."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Whoever sets a superuser's password or address becomes one.
        if getattr(self.object, "is_superuser", False) and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: object, **kwargs: object) -> ModelForm:
        form = super().get_form(*args, **kwargs)
        if not self.request.user.is_superuser and "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = True
        return form


class AddView(WithoutSuperpowers, CreateView):
    object = None


class ChangeView(WithoutSuperpowers, EditView):
    pass


class UserViewSet(BaseUserViewSet):
    add_view_class = AddView
    edit_view_class = ChangeView
    copy_view_enabled = False
