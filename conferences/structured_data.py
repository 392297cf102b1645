"""What search engines read of a conference: https://schema.org/Event."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from ecca_site.core.structured_data import ORGANIZATION, image_urls
from ecca_site.i18n.languages import html_lang

from .models.status import Status

if TYPE_CHECKING:
    from .models import ConferencePage

# https://schema.org/EventStatusType; what is not named here is scheduled.
EVENT_STATUS = {
    Status.RESCHEDULED: "https://schema.org/EventRescheduled",
    Status.POSTPONED: "https://schema.org/EventPostponed",
    Status.CANCELLED: "https://schema.org/EventCancelled",
}


def event_data(conference: "ConferencePage", request: HttpRequest) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": conference.title,
        "description": conference.summary,
        "startDate": conference.local_start,
        "previousStartDate": conference.local_previous_start,
        "endDate": conference.local_end,
        "eventStatus": EVENT_STATUS.get(conference.status, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": conference.venue_name or conference.city,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": conference.venue_address,
                "addressLocality": conference.city,
                "addressCountry": conference.country,
            },
        },
        "image": image_urls(request, conference.lead_image),
        "inLanguage": html_lang(conference.locale.language_code),
        "organizer": ORGANIZATION,
        "url": conference.get_full_url(request),
    }
