import { tryChannel } from "../../engine/alerts/try-channel.ts";
import { deliverySaid } from "../view/say.ts";
import { channelTestRoute, type ChannelTried } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

/** Whoever asked may go: what is on its way is sent, and kept. A delivery has a limit of its own. */
const NEVER = new AbortController().signal;

/** POST /api/v1/channels/ID/test: with the secrets that the daemon has, as an alert would be told. */
export function channelRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(channelTestRoute, async (c) => {
    const { lang, by, reason } = c.req.valid("json");
    const trying = { name: c.req.valid("param").id, by: c.get("person") ?? by ?? "socket", lang, reason };
    const { open } = daemon.book();
    const tried = await tryChannel(daemon.house, open, daemon.alerts, trying, NEVER);
    return c.json({ ...tried, said: deliverySaid(tried.delivery, c.get("lang")) } as ChannelTried, 200);
  });
}
