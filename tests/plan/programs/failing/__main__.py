import pulumi
from broken import fail

fail(pulumi.Config().require("how"))
