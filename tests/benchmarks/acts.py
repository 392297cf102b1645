"""What people do on a site, as functions that do it as often as they are called."""

from itertools import count

from django.urls import reverse
from wagtail.models import Page

PUBLISH = "action-publish"
SUBMIT = "action-submit"
DRAFT = "action-save"  # what Wagtail does without one of the others

numbers = count(1)


def looking(client, user, address, status=200):
    """Return a function that looks at an address."""
    if user is not None:
        client.force_login(user)

    def look():
        response = client.get(address)
        assert response.status_code == status, (address, response.status_code)
        return response

    return look


def writing(client, user, index, action):
    """Return a function that writes a news item for a list, another one each time."""
    client.force_login(user)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])

    def write():
        name = f"brick-{next(numbers)}"
        data = {"title": name, "slug": name, "summary": "New.", "topic": "events"}
        data |= {"date": "2031-01-01", "body-count": "0", action: "1"}
        data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        response = client.post(address, data)
        assert response.status_code == 302
        page = Page.objects.get(slug=name)
        assert page.live == (action == PUBLISH)
        assert page.workflow_in_progress == (action == SUBMIT)
        return response

    return write
