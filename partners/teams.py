"""The teams of partner organisations: groups that edit profiles, with collections of files."""

from uuid import UUID

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from ecca_site.access import roles
from ecca_site.access.grants import Grants
from ecca_site.access.groups import lock_setup, make_role_group, retire, revive

from .models import PartnerPage, PartnerTeam

ROLE = roles.PARTNER_ORGANISATION


def setup_all(grants: Grants, **kwargs: object) -> None:
    """Set up every organisation that has a profile or, from earlier on, a team."""
    keys: set[UUID] = set()
    for model in (PartnerPage, PartnerTeam):
        keys.update(model.objects.order_by().values_list("translation_key", flat=True))
    for key in sorted(keys):
        setup_partner(key, grants)


@transaction.atomic(savepoint=False)
def setup_partner(translation_key: UUID, grants: Grants | None = None) -> PartnerTeam | None:
    """Give an organisation its collection and its group, with what its role says by now.

    An organisation whose last profile is gone keeps its files and its people, who find the CMS
    closed. Where there are none, as after an application that was declined, nothing is left of it.
    """
    root = lock_setup()
    pages = PartnerPage.objects.filter(translation_key=translation_key)
    profiles = list(pages.order_by("locale_id"))
    teams = PartnerTeam.objects.select_related("role_group__group", "collection")
    team = teams.filter(translation_key=translation_key).first()
    if grants is None:
        grants = Grants([team.group] if team and team.group else [])
    if not profiles:
        return _close(team, grants) if team else None
    if team is None or team.role_group is None:
        team = _make(translation_key, team, profiles[0].title, root)
        grants.note(f"Team made: {team}")
    revive(team.role_group, grants)
    rights = grants.on_models(ROLE.models) | grants.on_files(ROLE.files, team.collection)
    for action in ROLE.pages[roles.OWN_PROFILE]:
        rights |= grants.on_pages((page, action) for page in profiles)
    grants.give_exactly(team.role_group, rights)
    return team


def _make(
    translation_key: UUID, team: PartnerTeam | None, name: str, root: Collection
) -> PartnerTeam:
    """Make a team, or the group anew of one that has lost it and keeps its files."""
    role_group = make_role_group(ROLE, name)
    if team is None:
        collection = root.add_child(name=role_group.group.name)
        team = PartnerTeam(translation_key=translation_key, collection=collection)
    team.role_group = role_group
    team.save()
    return team


def _close(team: PartnerTeam, grants: Grants) -> PartnerTeam | None:
    """Retire the group of a team, and remove the team with it where nobody is in it.

    Its collection stays where it holds files, which would go with it.
    """
    if team.role_group:
        grants.forget_pages(team.role_group)
        if retire(team.role_group, grants):
            return team
    team.delete()
    models = get_image_model(), get_document_model()
    if not any(model.objects.filter(collection=team.collection).exists() for model in models):
        team.collection.delete()
    grants.note(f"Team removed: {team.collection}")
    return None
