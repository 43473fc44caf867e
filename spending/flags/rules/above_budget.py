"""A price agreed above the money set aside."""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import of_projects
from ..sources import BANK_ESTIMATE, IN_FORCE, REGULATION_58

RULE = Rule(
    code="above-budget",
    version=1,
    about=About.PROJECT,
    since=IN_FORCE,
    until=None,
    title=_("Agreed above the budget"),
    question=_("Where does the money come from that the budget of the purchase does not hold?"),
    asks=_("Asks of every purchase whose agreed price is above the money set aside for it."),
    basis=(BANK_ESTIMATE, REGULATION_58),
    lawful=_(
        "The department may have moved money to the purchase before it signed, a negotiated price may stay "
        "up to ten percent above, or a framework of several years may stand under the budget of one."
    ),
    unseen=_("Later changes of the budget are not published with the purchase."),
    evidence=(
        Evidence("agreed_price", Figure.BAHT, _("agreed price")),
        Evidence("budget", Figure.BAHT, _("budget")),
        Evidence("above", Figure.BAHT, _("above the budget")),
    ),
    sql=of_projects(
        "p.budget > 0 AND p.agreed_price > p.budget",
        "'agreed_price', p.agreed_price::text, 'budget', p.budget::text, 'above', (p.agreed_price - "
        "p.budget)::text",
    ),
)
