"""A price agreed above the reference price."""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import of_projects
from ..sources import ACT_4, GUIDE_ESTIMATE, IN_FORCE

RULE = Rule(
    code="above-reference",
    version=1,
    about=About.PROJECT,
    since=IN_FORCE,
    until=None,
    title=_("Agreed above the reference price"),
    question=_("Why was more agreed than the price that offers are compared with?"),
    asks=_("Asks of every purchase whose agreed price is above its reference price."),
    basis=(ACT_4, GUIDE_ESTIMATE),
    lawful=_(
        "Prices rose between estimate and offer, the lowest offer was above the estimate and was accepted "
        "with reasons, or the "
        "reference price was published for a part of the purchase only."
    ),
    unseen=_("The published files do not hold the reasons that the department gave."),
    evidence=(
        Evidence("agreed_price", Figure.BAHT, _("agreed price")),
        Evidence("reference_price", Figure.BAHT, _("reference price")),
        Evidence("above", Figure.BAHT, _("above the reference price")),
    ),
    sql=of_projects(
        "p.reference_price > 0 AND p.agreed_price > p.reference_price",
        "'agreed_price', p.agreed_price::text, 'reference_price', p.reference_price::text, "
        "'above', (p.agreed_price - p.reference_price)::text",
    ),
)
