"""What awsx's components would register: their children, predicted from their arguments."""

from ascent.plan.awsx.prediction import Ref

__all__ = ["Ref"]
