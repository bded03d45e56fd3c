"""Who may do something: small predicates, each with its words, composed with `|`."""

from __future__ import annotations

from alongside.action import Who
from alongside.areas.partnership.tables import Charter, Role, RoleName
from alongside.codes import N_
from alongside.tables import Tables


def holds(at: Tables, member: int, role: RoleName) -> bool:
    """Whether a member holds a role now."""
    return any(r.ended is None for r in at.find(Role, member=member, role=role))


host_member = Who(N_("a member of the host group"), lambda asked, by, at, moment: by.host)
ally_member = Who(N_("a member of an ally group"), lambda asked, by, at, moment: not by.host and by.group > 0)
anybody_here = Who(N_("anybody in this book"), lambda asked, by, at, moment: by.group > 0)
steward = Who(N_("a steward of the host group"),
              lambda asked, by, at, moment: by.host and holds(at, by.number, RoleName.STEWARD))
founder = Who(N_("whoever founds the group"), outside=True,
              allows=lambda asked, by, at, moment: by.number == 1 and at.first(Charter, number=1) is None)
invited = Who(N_("whoever holds the invitation"), outside=True,
              allows=lambda asked, by, at, moment: by.group == 0 and by.number == asked.invitation)
