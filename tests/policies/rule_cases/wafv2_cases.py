"""Cases of the rules in policies/pack/rules/wafv2.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Case, Made, Stacks, U, cases, of, ref

PUBLIC = of(types.LB_LOAD_BALANCER, "public", internal=False)

INTERNAL = of(types.LB_LOAD_BALANCER, "internal", internal=True)

EMPTY = of(types.WAFV2_WEB_ACL, "acl")

BLOCK = {"block": {}}


def acl(*rules: object, **props: object) -> Made:
    """A web ACL with its rules inline."""
    return Made(types.WAFV2_WEB_ACL, "acl", {"rules": list(rules), **props})


def in_json(*rules: object) -> Made:
    """A web ACL with its rules as the WAF API's JSON."""
    return of(types.WAFV2_WEB_ACL, "acl", ruleJson=json.dumps(list(rules)))


def apart(of_acl: str = "acl", /, **rule: object) -> tuple[Made, Made]:
    """A web ACL, and a rule as a resource of its own."""
    return EMPTY, Made(types.WAFV2_WEB_ACL_RULE, "rule", {"webAclArn": ref(of_acl), **rule})


def associated(**props: object) -> tuple[Made, Made]:
    """A web ACL, and a rule group that is associated with it."""
    return EMPTY, Made(types.WAFV2_WEB_ACL_RULE_GROUP_ASSOCIATION, "association", {"webAclArn": ref("acl"), **props})


def own(statement: object, action: object = BLOCK) -> dict[str, object]:
    return {"name": "own", "action": action, "statement": statement}


def rate(limit: object, kind: str | None = "IP", action: object = BLOCK, **more: object) -> dict[str, object]:
    aggregate = {} if kind is None else {"aggregateKeyType": kind}
    return own({"rateBasedStatement": {"limit": limit, **aggregate, **more}}, action)


def by_session(limit: object, action: object = BLOCK, **key: object) -> dict[str, object]:
    return rate(limit, "CUSTOM_KEYS", action, customKeys=[key or {"cookie": {"name": "session_id"}}])


def managed(name: str, *counted: str, override: object = None, **more: object) -> dict[str, object]:
    """A rule that applies one of AWS's groups, some of whose rules only count."""
    overrides = [{"name": c, "actionToUse": {"count": {}}} for c in counted]
    group = {"vendorName": "AWS", "name": name, "ruleActionOverrides": overrides, **more}
    return {
        "name": "managed",
        "overrideAction": {"none": {}} if override is None else override,
        "statement": {"managedRuleGroupStatement": group},
    }


def reference() -> dict[str, object]:
    """A rule that applies a rule group of another stack."""
    return {"name": "group", "overrideAction": {"none": {}}, "statement": {"ruleGroupReferenceStatement": {"arn": U}}}


def with_group(*rules: object, override: str = "none") -> tuple[Made, Made, Made]:
    """A web ACL, a rule group of the same stack, and their association."""
    association = associated(overrideAction=override, ruleGroupReference=ref("group"))[1]
    return EMPTY, association, of(types.WAFV2_RULE_GROUP, "group", rules=list(rules))


def protection(rule: str, group: str, prefix: str, kind: str = "") -> list[Case]:
    """Cases of a rule that wants a managed group, or else a statement of a kind."""
    named = {"VendorName": "AWS", "Name": group}
    api = {"OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": named}}
    counted = [{"Name": f"{prefix}_BODY", "ActionToUse": {"Count": {}}}]
    softened = {"ManagedRuleGroupStatement": {**named, "RuleActionOverrides": counted}}
    by_association = {"vendorName": "AWS", "name": group}
    return cases(
        rule,
        passing=[
            acl(managed("AWSManagedRulesOther"), managed(group)),
            acl(managed(group, "Unrelated_BODY")),
            acl(managed(group, override={"count": {}}), managed(group)),
            in_json(api),
            apart(**managed(group)),
            associated(managedRuleGroup=by_association, overrideAction="none"),
            *(_own_protection(kind) if kind else []),
        ],
        failing=[
            EMPTY,
            acl(managed("AWSManagedRulesOther")),
            acl(managed(group, override={"count": {}})),
            acl(managed(group, override=U)),
            acl(managed(group, f"{prefix}_BODY")),
            acl(managed(group, excludedRules=[{"name": f"{prefix}_BODY"}])),
            acl(managed(group, ruleActionOverrides=U)),
            acl(managed(U)),
            in_json({**api, "OverrideAction": {"Count": {}}}),
            in_json({**api, "Statement": softened}),
            of(types.WAFV2_WEB_ACL, ruleJson="no JSON"),
            associated(managedRuleGroup=by_association, overrideAction="count"),
            associated(managedRuleGroup=by_association, overrideAction=U),
            (EMPTY, of(types.WAFV2_WEB_ACL, "other"), apart("other", **managed(group))[1]),
            *(_no_protection(kind) if kind else []),
        ],
        unknown=[
            of(types.WAFV2_WEB_ACL, rules=U),
            of(types.WAFV2_WEB_ACL, ruleJson=U),
            acl(U),
            apart(statement=U),
            acl(reference()),
        ],
        unknown_is=Status.UNKNOWN,
    )


def _own_protection(kind: str) -> Stacks:
    either = {"orStatement": {"statements": [{"geoMatchStatement": {}}, {kind: {}}]}}
    return [
        acl(own({kind: {}})),
        acl(own(either, {"captcha": {}})),
        apart(**own({kind: {}})),
        with_group(own({kind: {}})),
    ]


def _no_protection(kind: str) -> Stacks:
    return [
        acl(own({kind: {}}, {"count": {}})),
        acl(own({"notStatement": {"statements": [{kind: {}}]}})),
        with_group(own({kind: {}}), override="count"),
    ]


CASES = [
    *cases(
        "waf-associated",
        passing=[
            (PUBLIC, of(types.WAFV2_WEB_ACL_ASSOCIATION, resourceArn=ref("public"), webAclArn=U)),
            (
                of(types.APIGATEWAY_STAGE, "stage"),
                of(types.WAFV2_WEB_ACL_ASSOCIATION, resourceArn=ref("stage"), webAclArn=U),
            ),
            of(types.CLOUDFRONT_DISTRIBUTION, webAclId="arn:aws:wafv2:us-east-1:1:global/webacl/a/b"),
            of(types.CLOUDFRONT_MULTITENANT_DISTRIBUTION, webAclId=U),
        ],
        failing=[
            PUBLIC,
            (
                PUBLIC,
                of(types.LB_LOAD_BALANCER, "other"),
                of(types.WAFV2_WEB_ACL_ASSOCIATION, resourceArn=ref("other"), webAclArn=U),
            ),
            of(types.CLOUDFRONT_DISTRIBUTION),
            of(types.CLOUDFRONT_MULTITENANT_DISTRIBUTION),
            of(types.APIGATEWAY_STAGE),
            (
                of(types.APIGATEWAY_STAGE, restApi=ref("api")),
                of(types.APIGATEWAY_REST_API, "api", endpointConfiguration={"types": "REGIONAL"}),
            ),
        ],
        unknown=[of(types.LB_LOAD_BALANCER, internal=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[
            INTERNAL,
            of(types.LB_LOAD_BALANCER, loadBalancerType="network"),
            (
                of(types.APIGATEWAY_STAGE, restApi=ref("api")),
                of(types.APIGATEWAY_REST_API, "api", endpointConfiguration={"types": "PRIVATE"}),
            ),
        ],
    ),
    *cases(
        "waf-not-empty",
        passing=[
            acl(rate(100)),
            in_json({"Name": "own"}),
            apart(**rate(100)),
            associated(managedRuleGroup={"vendorName": "AWS", "name": "any"}),
        ],
        failing=[EMPTY, acl(), in_json(), (EMPTY, of(types.WAFV2_WEB_ACL, "other"), apart("other")[1])],
        unknown=[of(types.WAFV2_WEB_ACL, rules=U), of(types.WAFV2_WEB_ACL, ruleJson=U), acl(U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "waf-ip-rate-limit",
        passing=[
            acl(rate(2000)),
            acl(rate(100, "FORWARDED_IP", {"challenge": {}})),
            acl(rate(1000, None)),
            acl(rate(400, evaluationWindowSec=60)),
            acl(rate(4000, evaluationWindowSec="600")),
            acl(rate(100_000), rate(2000)),
            in_json(
                {
                    "Name": "rate",
                    "Action": {"Block": {}},
                    "Statement": {"RateBasedStatement": {"Limit": 2000, "AggregateKeyType": "IP"}},
                }
            ),
            apart(**rate(2000)),
            with_group(rate(2000)),
        ],
        failing=[
            EMPTY,
            acl(rate(2001)),
            acl(rate(500, evaluationWindowSec=60)),
            acl(rate(2000, action={"count": {}})),
            acl(by_session(100)),
            acl(rate(U)),
            acl(rate(100, evaluationWindowSec=U)),
            with_group(rate(2000), override="count"),
        ],
        unknown=[of(types.WAFV2_WEB_ACL, rules=U), apart(action=BLOCK, statement=U), acl(reference())],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "waf-session-rate-limit",
        passing=[
            acl(by_session(500)),
            acl(by_session(100, header={"name": "authorization"})),
            apart(**by_session(500)),
            in_json(
                {
                    "Name": "rate",
                    "Action": {"Block": {}},
                    "Statement": {
                        "RateBasedStatement": {
                            "Limit": 500,
                            "AggregateKeyType": "CUSTOM_KEYS",
                            "CustomKeys": [{"IP": {}}, {"Cookie": {"Name": "session_id"}}],
                        }
                    },
                }
            ),
        ],
        failing=[
            EMPTY,
            acl(rate(100)),
            acl(by_session(501)),
            acl(by_session(100, {"count": {}})),
            acl(by_session(100, ip={})),
            acl(by_session(U)),
        ],
        unknown=[of(types.WAFV2_WEB_ACL, rules=U), of(types.WAFV2_WEB_ACL, ruleJson=U)],
        unknown_is=Status.UNKNOWN,
    ),
    *protection("waf-sqli", "AWSManagedRulesSQLiRuleSet", "SQLi", "sqliMatchStatement"),
    *protection("waf-xss", "AWSManagedRulesCommonRuleSet", "CrossSiteScripting", "xssMatchStatement"),
    *protection("waf-known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet", "Log4J"),
    *cases(
        "waf-logging",
        passing=[
            (
                EMPTY,
                of(types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, resourceArn=ref("acl"), logDestinationConfigs=["arn"]),
            )
        ],
        failing=[
            EMPTY,
            (EMPTY, of(types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, resourceArn=ref("acl"), logDestinationConfigs=[])),
            (
                EMPTY,
                of(types.WAFV2_WEB_ACL, "other"),
                of(types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, resourceArn=ref("other"), logDestinationConfigs=["arn"]),
            ),
        ],
        unknown=[
            (EMPTY, of(types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, resourceArn=ref("acl"), logDestinationConfigs=[U]))
        ],
        unknown_is=Status.PASS,
    ),
    *cases(
        "waf-not-empty",
        passing=[
            of(
                types.WAFV2_WEB_ACL,
                rules=[{"name": "a", "action": {"count": {}}}, {"name": "b", "action": {"block": {}}}],
            )
        ],
        failing=[
            of(types.WAFV2_WEB_ACL, rules=[{"name": "a", "action": {"count": {}}}]),
            of(types.WAFV2_WEB_ACL, rules=[{"name": "a", "overrideAction": {"count": {}}}]),
        ],
        unknown=[],
    ),
]
