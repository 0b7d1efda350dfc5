import pulumi
from plan_things import Cloud, Thing

cloud = Cloud("cloud", zone="north")


class Inner(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("options:index:Inner", name, {}, opts)
        self.thing = Thing(f"{name}-thing", size=1, opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


class Outer(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("options:index:Outer", name, {"kind": "outer"}, opts)
        self.inner = Inner(f"{name}-inner", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


outer = Outer("outer", pulumi.ResourceOptions(provider=cloud, protect=True, retain_on_delete=True))
everything = Thing(
    "everything",
    size=2,
    opts=pulumi.ResourceOptions(
        provider=cloud,
        protect=False,
        delete_before_replace=True,
        ignore_changes=["size"],
        replace_on_changes=["label"],
        additional_secret_outputs=["address"],
        aliases=[
            pulumi.Alias(name="was"),
            pulumi.Alias(parent=outer),
            "urn:pulumi:old::options::test:index:Thing::older",
        ],
        import_="thing-123",
        deleted_with=outer.inner.thing,
        custom_timeouts=pulumi.CustomTimeouts(create="40m", delete="1h"),
    ),
)
Thing("after", size=everything.size, label="x", opts=pulumi.ResourceOptions(depends_on=[outer]))
Thing("under", opts=pulumi.ResourceOptions(parent=everything))
