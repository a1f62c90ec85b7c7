"""Run a learner's code cut off from everything: `Sandbox` outside, `inmate` inside. Only JSON crosses."""

from atelier_ia.runtime.sandbox.host import Limits, Outcome, Sandbox, SandboxError, refusal

__all__ = ["Limits", "Outcome", "Sandbox", "SandboxError", "refusal"]
