"""The commands there are, and how they exit. Free of imports, because it is read before anything else is loaded."""

FINE, FINDINGS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: nothing to report, something to mend, something wrong with the input, Ctrl-C."""


class Command:
    """What is known of a command before its module, `ascent.cli.<name>`, is loaded."""

    def __init__(self, summary: str, *, plans: bool = False) -> None:
        self.summary = summary
        """One sentence for lists of commands; the command's own help begins with it."""
        self.plans = plans
        """Whether it plans stacks as soon as it knows which."""


COMMANDS = {
    "plan": Command("Plan stacks offline and hold them against the rules.", plans=True),
    "check": Command(
        "Hold a preview or a deployed state of any Pulumi program on AWS, in any language, against the rules."
    ),
    "rules": Command("List the rules, or explain one and say where it stands in the project's stacks."),
    "waivers": Command(
        "List the waivers: days left, what each excuses in the project's stacks, and what is wrong with it.", plans=True
    ),
    "cost": Command(
        "Price stacks offline: by layer and resource, fixed and by usage, what would be cheaper.", plans=True
    ),
    "what-if": Command(
        "Say what settings would change, without editing a file: dollars, score, findings, what is replaced."
    ),
    "prices": Command("Write the table of instance and database prices anew, from AWS's public price lists."),
    "readiness": Command(
        "Hold stacks, planned or deployed, against the checklist: scores from 0 to 100, the gaps, and the evidence.",
        plans=True,
    ),
    "compare": Command(
        "Compare two stacks, or a stack with itself at another tier: resources, care, rules, readiness, dollars.",
        plans=True,
    ),
    "diff": Command(
        "Say what a change does: two revisions of git, two previews, or what is deployed and what is planned."
    ),
    "advise": Command(
        "Say which tier fits, what to do next, and what reaches a score. Without options it asks, on a terminal."
    ),
    "report": Command(
        "Write HTML pages on stacks: architecture, readiness, verdicts and cost, with the same as data beside them.",
        plans=True,
    ),
    "reach": Command(
        "Say who can reach whom in a stack: over routes, network ACLs, security groups, endpoints and what passes on.",
        plans=True,
    ),
    "release": Command(
        "Write an image into a stack file, after a look at findings, cost, and what happens in which order."
    ),
    "verify": Command("Ask AWS whether a deployed stack is well; say what is not, and where to look."),
    "probe": Command(
        "Prove an application from outside: start it or find it running, ask it, and record what came of it."
    ),
    "doctor": Command("Say whether a first deployment of a stack has what it needs: tools, account, region, quotas."),
    "ops": Command(
        "Restore a store, fail over and back, rotate a secret, roll back, empty a zone, start a drill: "
        "first in words, then with --apply."
    ),
    "explain": Command("Print every setting of a stack with its value, unit, and where it comes from."),
}
"""The commands by name, in the order of the help."""
