import base64

import pulumi
from plan_things import Thing

config = pulumi.Config()
password = config.require_secret("password")
nested = config.require_object("nested")

source = Thing("source", size=1, ratio=1.5, flags=[True, {"deep": None, "n": 3}], label="known")
Thing(
    "user",
    unknown=source.address,
    known=source.label,
    mixed={"list": [source.address, "plain"], "label": source.label},
    document=pulumi.Output.json_dumps({"to": source.address}),
    known_document=pulumi.Output.json_dumps({"b": source.label, "a": [1]}),
)
Thing(
    "secrets",
    own=pulumi.Output.secret("plaintext"),
    own_unknown=pulumi.Output.secret(source.address),
    sealed=password,
    sealed_nested=nested["keys"]["api"],
    sealed_inside=pulumi.Output.concat("postgres://u:", password, "@host"),
    sealed_json=pulumi.Output.json_dumps({"key": nested["list"][1]}),
    visible=nested["plain"],
    length=password.apply(len),
)
Thing("assets", text=pulumi.StringAsset("hello"), file=pulumi.FileAsset("data.txt"))
pulumi.export("known", {"label": source.label, "size": 7})
pulumi.export("unknown", source.address)
pulumi.export("secret", pulumi.Output.secret("plaintext"))
pulumi.export("sealed", password)
pulumi.export("encoded", base64.b64encode(config.require("visible").encode()).decode())
pulumi.log.info("starting")
pulumi.log.warn("careful", source)
pulumi.log.error("broken")
pulumi.log.debug("not for users")
