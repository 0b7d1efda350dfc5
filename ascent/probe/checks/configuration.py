"""Settings that stop the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.about import Wrong
    from ascent.probe.subject import Subject

_FIX: Final = "validate every setting before anything else, and end with a line that names what is wrong"


def ask(subject: Subject) -> Said:
    """A start with each wrong value: it must end by itself, not with 0, and name the variable."""
    about = subject.about
    if subject.start is None:
        return not_asked("it was found running", "probe with --command or --image")
    if not about.wrong:
        return not_asked("no wrong values are known", "list some under wrong: variable, and value or none")
    for wrong in about.wrong:
        with subject.another({wrong.variable: wrong.value}) as other:
            running, status = other.running, other.ended()
            lines = [*running.out, *running.err] if running else []
        if status is None:
            return failed(f"it starts with {_shown(wrong)}", _FIX)
        if status == 0:
            return failed(f"it ends with 0 with {_shown(wrong)}", _FIX)
        if not any(wrong.variable.lower() in line.lower() for line in lines):
            return failed(f"with {_shown(wrong)} it ends, and does not say why", _FIX)
        if wrong.variable in about.secrets and wrong.value and any(wrong.value in line for line in lines):
            return failed(f"with {_shown(wrong)} it ends, and shows the value", "name a secret, never show it")
    return proven(f"does not start with {', '.join(_shown(wrong) for wrong in about.wrong)}, and says so")


def _shown(wrong: Wrong) -> str:
    if wrong.value is None:
        return f"{wrong.variable} missing"
    return f"a wrong {wrong.variable}"
