import pulumi
from plan_things import Thing

Thing("same", size=1)
Thing("same", size=2)
Thing("other", opts=pulumi.ResourceOptions(provider=None))
