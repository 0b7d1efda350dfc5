"""The report of the last month's bill, with Cost Explorer's answers written by hand.

Not proven: that Cost Explorer answers so; that it has the month's figures on the second day of the next.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from functions import cost_report

if TYPE_CHECKING:
    from collections.abc import Iterator


def period(start: str, **usd: float) -> dict[str, Any]:
    groups = [{"Keys": [k], "Metrics": {"UnblendedCost": {"Amount": str(v), "Unit": "USD"}}} for k, v in usd.items()]
    return {"TimePeriod": {"Start": start}, "Groups": groups}


class Explorer:
    """Cost Explorer and SNS, as the function calls them."""

    def __init__(self, pages: list[list[dict[str, Any]]], forecast: float | str) -> None:
        self.pages: Iterator[list[dict[str, Any]]] = iter(pages)
        self.left = len(pages)
        self.to_come = forecast
        self.asked: list[dict[str, Any]] = []
        self.published: list[dict[str, str]] = []

    def get_cost_and_usage(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        self.asked.append(dict(arguments))
        self.left -= 1
        more = {"NextPageToken": "more"} if self.left else {}
        return {"ResultsByTime": next(self.pages), **more}

    def get_cost_forecast(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        self.asked.append(arguments)
        if isinstance(self.to_come, str):
            raise ClientError({"Error": {"Code": self.to_come, "Message": ""}}, "GetCostForecast")
        return {"Total": {"Amount": str(self.to_come)}}

    def publish(self, **message: str) -> None:
        self.published.append(message)


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - makes one
    monkeypatch.setenv("TOPIC_ARN", "arn:aws:sns:us-east-1:111111111111:alarms")
    monkeypatch.setenv("STACK", "shop prod")

    def made(*pages: list[dict[str, Any]], forecast: float | str = 90.0) -> Explorer:
        stand_in = Explorer(list(pages), forecast)
        monkeypatch.setattr("boto3.client", lambda *_, **__: stand_in)
        return stand_in

    return made


def test_the_report_tells_the_month_by_service_beside_the_one_before(explorer: Any) -> None:  # noqa: ANN401
    made = explorer([period("2026-09-01", EC2=40, S3=1, Old=2)], [period("2026-10-01", EC2=50.5, S3=1, Lambda=0.25)])
    assert cost_report.handler({"today": "2026-11-02"}, None) == {"usd": 51.75}
    (mail,) = made.published
    assert mail["Subject"] == "shop prod: October 2026 cost $51.75"
    lines = mail["Message"].splitlines()
    assert lines[0] == "October 2026 cost $51.75, $8.75 more than September."
    assert lines[1] == "The rest of November is forecast at $90.00."
    assert [line.strip() for line in lines[4:]] == [
        "$50.50  EC2, $10.50 more than before",
        "$1.00  S3, the same as before",
        "$0.25  Lambda, $0.25 more than before",
        "No longer paid for: Old",
    ]


def test_it_asks_once_for_two_whole_months_and_once_for_the_rest_of_this_one(explorer: Any) -> None:  # noqa: ANN401
    made = explorer([])
    cost_report.handler({"today": "2027-01-02"}, None)
    spent, to_come = made.asked
    assert spent["TimePeriod"] == {"Start": "2026-11-01", "End": "2027-01-01"}
    assert to_come["TimePeriod"] == {"Start": "2027-01-02", "End": "2027-02-01"}


def test_further_pages_are_asked_for(explorer: Any) -> None:  # noqa: ANN401
    made = explorer([period("2026-10-01", A=1)], [period("2026-10-01", B=2)])
    assert cost_report.handler({"today": "2026-11-02"}, None) == {"usd": 3.0}
    assert [call.get("NextPageToken") for call in made.asked] == [None, "more", None]


def test_a_new_account_has_no_forecast(explorer: Any) -> None:  # noqa: ANN401
    made = explorer([], forecast="DataUnavailableException")
    assert cost_report.handler({"today": "2026-11-02"}, None) == {"usd": 0}
    assert "Cost Explorer knows too little yet to forecast November." in made.published[0]["Message"]


def test_another_error_is_an_error(explorer: Any) -> None:  # noqa: ANN401
    made = explorer([], forecast="AccessDeniedException")
    with pytest.raises(ClientError):
        cost_report.handler({"today": "2026-11-02"}, None)
    assert made.published == []


def test_many_services_are_summed_up() -> None:
    last = {f"s{i:02}": float(100 - i) for i in range(40)}
    lines = cost_report.text(date(2026, 11, 2), last, {}, None).splitlines()
    assert lines[-1].strip() == f"${sum(100 - i for i in range(25, 40)):,.2f}  15 others"


@pytest.mark.parametrize(
    ("today", "ago", "wanted"),
    [("2026-01-31", 1, "2025-12-01"), ("2026-12-05", -1, "2027-01-01"), ("2026-03-15", 0, "2026-03-01")],
)
def test_months(today: str, ago: int, wanted: str) -> None:
    assert cost_report.month(date.fromisoformat(today), ago) == date.fromisoformat(wanted)
