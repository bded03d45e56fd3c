"""What no yes may be, however it is said: to no ally, until a day gone by, with a cap that is no money."""

from alongside.action import no
from alongside.codes import N_

NOT_AN_ALLY = no("not-an-ally", N_("A yes is said to an ally group."), yours=True,
                 lift=N_("Choose an ally group."))
UNTIL_PASSED = no("until-passed", N_("That day has passed."), yours=True,
                  lift=N_("Choose a day from today on."))
CAP_NOT_MONEY = no("cap-not-money", N_("A cap is an amount of money."), yours=True,
                   lift=N_("Choose a currency."))
