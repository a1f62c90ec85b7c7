"""What the handlers of an entrance share: their own authenticator, and a French page when somebody cannot come in."""

from __future__ import annotations

from typing import Any, ClassVar

from jupyterhub.handlers import BaseHandler

from atelier_ia.documents.typography import typeset
from atelier_ia.rooms.entrance.outside import EntranceError, OutsideError


class EntranceHandler(BaseHandler):
    """One step of an entrance. `way` names it, `again` is where its person starts over ("": elsewhere)."""

    way: ClassVar[str]
    again: ClassVar[str] = ""

    @property
    def authenticator(self) -> Any:
        """The entrance's own, which the room's authenticator holds."""
        return self.settings["authenticator"].entrance(self.way)

    async def step(self, work: Any) -> None:
        """Await `work`; a refusal becomes a French page, and its technical reason one line of the log."""
        try:
            await work
        except EntranceError as refusal:
            await self.refuse(str(refusal))
        except OutsideError as problem:
            self.log.error("entrance %s: %s", self.way, problem)
            await self.refuse(f"{self.authenticator.label} ne répond pas ; attendez un instant, puis recommencez.", 503)

    async def refuse(self, sentence: str, status: int = 403) -> None:
        """Tell the person why, and how to start over."""
        self.set_status(status)
        again = f"{self.hub.base_url}{self.again}" if self.again else ""
        self.finish(await self.render_template("refus.html", sentence=typeset(sentence), again=again))
