"""The parts of a long page, listed at its head."""

from __future__ import annotations

from django.template import Context, Template

from spending.templatetags.parts import FEWEST, headings


def page(parts: int) -> str:
    sections = "".join(
        f'<section id="p{n}"><h2 id="p{n}-title">Part {n}</h2></section>' for n in range(parts)
    )
    return Template("{% load parts %}{% parts %}" + sections + "{% endparts %}").render(Context())


def test_long_page_leads_to_each_of_its_parts_before_the_first() -> None:
    html = page(FEWEST)

    assert html.index('<a href="#p0">Part 0</a>') < html.index('<section id="p0">')
    assert [html.count(f'<a href="#p{n}">') for n in range(FEWEST)] == [1] * FEWEST


def test_short_page_has_no_list_of_parts() -> None:
    assert "<details" not in page(FEWEST - 1)


def test_part_is_called_by_the_words_of_its_heading_without_unit_and_marks() -> None:
    html = (
        '<h2 id="plans-title">By <span class="whole">plan</span> <small class="unit">baht</small></h2>'
        '<h2>Without a name</h2><h2 id="a-b-title">Rice &amp; fish:</h2>'
    )

    assert headings(html) == [("plans", "By plan"), ("a-b", "Rice & fish")]
