from wagtail.users.apps import WagtailUsersAppConfig


class UsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's list of people, with our own views of it."""

    user_viewset = "ecca_site.users.accounts.UserViewSet"
