"""The guide's table of what becomes of each field in other languages."""

from django.utils import translation

from ecca_site.guide.languages import fates_of_fields


def test_it_says_of_every_type_what_follows_and_what_is_translated():
    with translation.override("sl"):
        rows = {row.label: row for row in fates_of_fields()}
    profile = rows["Profil partnerja"]
    assert "država, regija, kraj" in profile.shared
    assert "kaj ponujamo" in profile.translated
    assert "kaj ponujamo" not in profile.shared
    assert len(rows) == 9


def test_it_stands_at_the_end_of_the_guide(site, admin_client):
    html = admin_client.get("/cms/guide/").content.decode()
    table = html.partition('id="in-other-languages"')[2]
    assert "Partner profile" in table
    assert "country, region, city" in table
