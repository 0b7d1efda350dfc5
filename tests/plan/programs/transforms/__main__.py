import pulumi
from plan_things import Thing

if pulumi.Config().get("where") == "stack":
    pulumi.runtime.register_resource_transform(lambda args: None)
else:
    Thing("thing", opts=pulumi.ResourceOptions(transforms=[lambda args: None]))
