"""The specific method, in which one supplier is asked, above the amount up to which it is open to all
purchases.
"""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import SPECIFIC, of_projects
from ..sources import IN_FORCE, act, limits

RULE = Rule(
    code="specific-method",
    version=1,
    about=About.PROJECT,
    since=IN_FORCE,
    until=None,
    title=_("Specific method above 500,000 baht"),
    question=_("Why was one supplier asked rather than an open call made?"),
    asks=_("Asks of every purchase by the specific method whose agreed price is above 500,000 baht."),
    basis=(
        act(
            _(
                "section 56: an open call comes first; paragraph one (2) lists when the specific method "
                "may be used"
            )
        ),
        limits(
            _("clause 1: up to 500,000 baht. Royal Gazette vol. 134, part 86 Kor, 23 August 2017, page 20")
        ),
    ),
    lawful=_(
        "The law allows it at any amount in named cases: an earlier call failed, only one supplier exists, "
        "an emergency, a "
        "continuation of what was bought before, land and buildings, supplies that the state promotes."
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
