"""Names and values that give a secret away.

By hand, since detect-secrets judges lines of source files: it has no notion of a variable's name apart from its value,
its last release is of May 2024, and it would bring requests to whoever plans.
"""

from __future__ import annotations

import re
from typing import Final

from policies.pack.values import UNSET

_SECRET_NAME: Final = re.compile(
    r"PASSWD|PASSWORD(?!LESS)|PASSPHRASE|SECRET(?!AR)|TOKEN(?!IZ)|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY"
    r"|ENCRYPTION_?KEY|CREDENTIAL|AUTH_DATA|(^|_)(PASS|PWD)(_|$)|(DB|SQL|PG|REDIS|SMTP|MAIL|USER|ADMIN|ROOT)PASS$",
    re.IGNORECASE,
)
_OTHER_NAME: Final = re.compile(
    r"_(ARN|NAME|ID|FILE|PATH|DIR|URL|URI|ENDPOINT|HOST|TTL|MILLIS|MS|SECONDS|MINUTES|HOURS|DAYS|EXPIRY|EXPIRATION|AGE"
    r"|LENGTH|SIZE|LIMIT|COUNT|ROUNDS|REGION|PROVIDER|BACKEND|STORE|PREFIX|ENABLED|DISABLED|REQUIRED|TYPE|ALGORITHM"
    r"|VERSION|ISSUER|AUDIENCE|HEADER|RATE|INTERVAL|ROTATION|POLICY|HASHER|MANAGER|DURATION|TIMEOUT|FIELD|PARAM|PARAMETER"
    r"|COOKIE|LABEL|MODEL|BUCKET|SCHEME|FORMAT|STRATEGY|SCOPES?|MODE|SOURCE)$"
    r"|^(MAX|MIN|NUM|ENABLE|DISABLE|ALLOW|REQUIRE|HAS|IS)_|(^|_)(PUBLIC|SITE|PUBLISHABLE)_KEY",
    re.IGNORECASE,
)
"""Names of what is about a secret and not one: where it is, how long it lives, how many there may be."""

_COUNTED: Final = re.compile(r"TOKENS?(_|$)", re.IGNORECASE)

_SECRET_VALUE: Final = re.compile(
    r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----"
    r"|\b[sr]k_(live|test)_\w{10,}|\bwhsec_\w{16,}"
    r"|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}"
    r"|\bxox[abeoprs]-[\w-]{10,}|https://hooks\.slack\.com/(services|workflows)/\w+"
    r"|\bsk-(ant-|proj-)?[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bAIza[\w-]{35}|\bnpm_\w{36}|\bpul-[0-9a-f]{40}"
    r"|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"
    r"|\bhvs\.[\w-]{20,}|\bshp(at|ca|pa|ss)_[0-9a-f]{32}|\bdop_v1_[0-9a-f]{60,}|\bhf_[a-z]{30,}"
    r"|\bpypi-AgEI[\w-]{20,}"
    r"|\bdckr_pat_[\w-]{20,}|\blin_api_\w{30,}|\bATATT3x[\w=-]{20,}|\b\d{8,10}:AA[\w-]{33}\b|\bSK[0-9a-f]{32}\b"
    r"|\b[a-z][a-z0-9+.-]*://[^\s:/?#@]*:(?!\$|\{|<|%s|\*{3})[^\s/?#@]+@"
    r"|(?:^|[;?&\s])(?:password|pwd|accountkey|sharedaccesskey)=(?!\$\{|\{\{|<)[^;&\s]+"
    r'|"password"\s*:\s*"[^"$]',
    re.IGNORECASE,
)
"""Forms of keys of AWS, Stripe, GitHub, GitLab, Slack, OpenAI, SendGrid, Google, npm, Pulumi and others, private keys,
signed tokens, and addresses and connection strings with a password in them."""

_REFERENCE: Final = re.compile(
    r"(?i:arn:aws[\w-]*:.*|\{\{resolve:.*\}\}|\$\{[^}]*\}|\$\(.*|`.*|\$\w+|(/[\w.-]+){2,}|https?://[^\s@]+"
    r"|alias/[\w/-]+|true|false|yes|no|on|off)|[a-z0-9_.-]{1,24}(/[a-z0-9_.-]{1,24})+",
)
"""Values that say where a secret is, or whether there is one."""


_KEY_NAME: Final = re.compile(r"(^|_)(KEY|SALT)$", re.IGNORECASE)
"""Names of keys of any kind, secret or not: their value decides."""

_RANDOM: Final = re.compile(r"(base64:)?(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[A-Za-z0-9+/=]{24,}|[0-9a-f]{32,}")
"""What looks drawn by lot: hexadecimal, or letters of both cases with digits."""


def looks_secret(name: str, value: object) -> bool:
    """Whether a variable is a secret, by its value or, unless that says otherwise, by its name.

    Args:
        name: in the spelling of the environment.
        value: what it holds; one that is known only after deployment is judged by the name.
    """
    if value is UNSET or value == "":
        return False
    if holds_secret(value):
        return True
    if isinstance(value, str) and _KEY_NAME.search(name) and _RANDOM.fullmatch(value.strip()):
        return _OTHER_NAME.search(name) is None
    if _SECRET_NAME.search(name) is None or _OTHER_NAME.search(name) is not None:
        return False
    if not isinstance(value, str):
        return not isinstance(value, bool | int | float)
    if _REFERENCE.fullmatch(value.strip()):
        return False
    return not (_COUNTED.search(name) and value.strip().isdigit())


def holds_secret(value: object) -> bool:
    """Whether a text has the form of a secret, whatever it is called."""
    return isinstance(value, str) and _SECRET_VALUE.search(value) is not None
