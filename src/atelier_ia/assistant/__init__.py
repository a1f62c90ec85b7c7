"""Talk to a model: the table of providers, the client, the embedded simulator.

Importing this package costs nothing heavy: the `openai` client is imported at the first question.
"""

from atelier_ia.assistant.client import Assistant, ReplyStream, open_assistant
from atelier_ia.assistant.errors import AssistantError, BudgetError, Cancelled
from atelier_ia.assistant.replies import Identity, Message, Reply, Usage

__all__ = [
    "Assistant",
    "AssistantError",
    "BudgetError",
    "Cancelled",
    "Identity",
    "Message",
    "Reply",
    "ReplyStream",
    "Usage",
    "open_assistant",
]
