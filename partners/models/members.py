"""The members of an organisation, by their kinds."""

from django.db.models.options import Options
from django.utils.functional import Promise

MEMBERS = ("members_sme", "members_large", "members_research", "members_public")


class Members:
    """The members of a profile as its readers are told of them."""

    _meta: Options

    @property
    def members(self) -> list[tuple[str | Promise, int]]:
        """The kinds of members whose number is known, by name, each with the number."""
        known = []
        for name in MEMBERS:
            number = getattr(self, name)
            if number is not None:
                known.append((self._meta.get_field(name).verbose_name, number))
        return known

    @property
    def member_total(self) -> int:
        return sum(number for _label, number in self.members)
