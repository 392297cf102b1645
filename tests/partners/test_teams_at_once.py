"""Teams and sections that are made at the same moment, by several requests and set-ups."""

from django.db import transaction
from wagtail.models import Collection, GroupPagePermission, Locale

from ecca_site.access import roles
from ecca_site.access.models import RoleGroup
from ecca_site.access.site_setup import setup_site
from partners.models import PartnerIndexPage, PartnerTeam
from partners.teams import setup_partner
from tests import factories
from tests.races import MARKS, at_once

pytestmark = MARKS


def failed(results):
    return [result for result in results if isinstance(result, Exception)]


def test_teams_that_are_made_at_once_are_made_once(site):
    """Profiles of one organisation in two languages, and two organisations of one name."""
    directory = factories.add_partner_index(site)
    profiles = [factories.add_partner(directory, title="Stone", slug=f"s{n}") for n in range(3)]
    for team in PartnerTeam.objects.all():
        with transaction.atomic():
            team.group.delete()
            team.delete()
            team.collection.delete()
    keys = [profile.translation_key for profile in profiles]
    acts = [lambda key=key: setup_partner(key) for key in keys * 2]
    assert not failed(at_once(*acts, setup_site, setup_site))
    assert PartnerTeam.objects.count() == 3
    role = roles.PARTNER_ORGANISATION.key
    groups = RoleGroup.objects.filter(role=role).values_list("group__name", flat=True)
    assert sorted(groups) == [f"Partner organisation: Stone{n}" for n in ("", " 2", " 3")]
    for team in PartnerTeam.objects.all():
        page = GroupPagePermission.objects.get(group=team.group).page.specific
        assert page.translation_key == team.translation_key
    assert Collection.objects.filter(depth=2).count() == 3
    assert setup_site() == []


def test_a_section_that_is_made_during_a_set_up_keeps_what_it_is_given(site):
    home = factories.home_of("sl")
    locale = Locale.objects.get(language_code="sl")

    def make():
        page = PartnerIndexPage(title="Partnerji", slug="partnerji", locale=locale)
        home.add_child(instance=page)

    assert not failed(at_once(make, setup_site, setup_site, setup_site))
    page = PartnerIndexPage.objects.get(slug="partnerji")
    assert page.get_workflow().name == "Partner moderation"
    assert setup_site() == []
