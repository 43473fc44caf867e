"""The specific method, in which one supplier is asked, above the amount up to which it is open to all
purchases.
"""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import SPECIFIC, of_projects
from ..sources import ACT_56, GUIDE_METHOD, IN_FORCE, LIMIT_SPECIFIC

RULE = Rule(
    code="specific-method",
    version=1,
    about=About.PROJECT,
    since=IN_FORCE,
    until=None,
    title=_("Specific method above 500,000 baht"),
    question=_("Why was one supplier asked rather than an open call made?"),
    asks=_("Asks of every purchase by the specific method whose agreed price is above 500,000 baht."),
    basis=(ACT_56, LIMIT_SPECIFIC, GUIDE_METHOD),
    lawful=_(
        "The law allows it at any amount in named cases: an earlier call failed, only one supplier exists, "
        "an emergency, a "
        "continuation of what was bought before, land and buildings, supplies that the state promotes. Where "
        "only few consultants exist, and for design work, the limit is 5,000,000 baht."
    ),
    unseen=_(
        "The published files do not say which of the cases was named, nor how many suppliers made an offer."
    ),
    evidence=(
        Evidence("agreed_price", Figure.BAHT, _("agreed price")),
        Evidence("limit", Figure.BAHT, _("limit of the regulation")),
        Evidence("method", Figure.WORDS, _("method")),
    ),
    sql=of_projects(
        "p.method LIKE %(specific)s AND p.agreed_price > %(limit)s",
        "'agreed_price', p.agreed_price::text, 'limit', %(limit)s::numeric(20,2)::text, 'method', p.method",
    ),
    limits={"specific": SPECIFIC, "limit": 500_000},
)
