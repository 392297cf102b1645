"""The CMS's list of people. Who is no superuser makes none, and has no say about those who are."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views.users import CreateView, EditView
from wagtail.users.views.users import UserViewSet as BaseUserViewSet


class WithoutSuperpowers:
    def dispatch(self, request, *args, **kwargs):
        # Whoever sets a superuser's password or address is one.
        if getattr(self.object, "is_superuser", False) and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args, **kwargs):
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
