"""The settings that a plan names for a finding are settings that are taken, and that end it."""

from __future__ import annotations

from io import StringIO

from ascent.output.console import console
from ascent.output.console.plan import print_plan
from ascent.verdicts.judge import judge
from ascent.verdicts.mending import mending
from tests.stacks.planning import planned, smallest

RULE = "cloudfront-min-tls12"


def said(**settings: object) -> str:
    plan = planned(smallest("mvp", **settings))
    out = StringIO()
    print_plan(console(file=out), plan, judge(plan), ())
    return out.getvalue()


def test_a_finding_names_its_setting_and_the_commands() -> None:
    text = said()
    stack = planned(smallest("mvp")).stack
    assert (
        f"  mend        {RULE}: pulumi config set --stack {stack} --path ascent:edge.domain '<your-domain>'\n" in text
    )
    assert f"dollars and score: ascent what-if {stack} 'edge.domain=<your-domain>'\n" in text


def test_what_it_names_ends_the_finding() -> None:
    results = judge(planned(smallest("mvp"))).results
    assert mending(results, "mvp")[RULE] == {"edge.domain": "<your-domain>"}
    mended = judge(planned(smallest("mvp", edge={"domain": "app.example.com"})))
    assert RULE not in mending(mended.results, "mvp")
    assert RULE not in {r.verdict.rule for r in mended.results if r.verdict.status.value == "fail"}


def test_a_rule_that_no_setting_keeps_is_not_named() -> None:
    assert all(settings for settings in mending(judge(planned(smallest("production"))).results, "production").values())
