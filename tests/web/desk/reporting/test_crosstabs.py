"""Cross-tabs at the desk: two selects, a table, its CSV; no sums and no bar where an option is asked."""

import csv
import io

import pytest
from django.urls import reverse

from tests.offers import offer


@pytest.fixture
def ask(desk, consultation, publish):
    offer(consultation)
    publish()

    def _ask(name="report_crosstab", **query):
        return desk.get(reverse(f"desk:{name}", args=[consultation.slug]), query)

    return _ask


def test_groups_by_regions_are_counted_where_nothing_was_asked(ask):
    page = ask().content.decode()

    assert "Respondents: Stakeholder group by Region" in page
    assert "Together" in page
    assert '<svg class="chart" role="img"' in page


def test_options_are_never_added_up_and_have_no_bar_of_their_own(ask):
    page = ask(by="option-1", across="group").content.decode()

    assert "Option chosen at question 1 by Stakeholder group" in page
    assert "Together" not in page
    drawn = page[
        page.index('<svg class="chart"') : page.index("</svg>", page.index('<svg class="chart"'))
    ]
    assert drawn.index("civil society") < drawn.index("Support")


def test_the_table_comes_as_csv_with_what_was_not_chosen(ask):
    answer = ask("report_crosstab_csv", by="option-1", across="group")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[0] == ["Option chosen at question 1", "civil society"]
    assert rows[-2:] == [["None chosen, words alone", "1"], ["Did not answer", "0"]]


def test_what_cannot_be_crossed_is_not_there(ask):
    assert ask(by="name", across="group").status_code == 404
