"""Who may do something here: the ally whose offer or promise it is."""

from __future__ import annotations

from alongside.action import Who
from alongside.codes import N_

offerer = Who(N_("the ally group that offered it"),
              lambda asked, by, at, moment: at.get(asked.offer).ally == by.group)
sender = Who(N_("the ally group whose promise it is"),
             lambda asked, by, at, moment: at.get(asked.delivery).ally == by.group)
