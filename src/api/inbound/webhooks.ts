import { WatchbookError } from "../../model/error.ts";
import type { Api, Parts } from "../front.ts";
import { FORMATS } from "./formats/index.ts";
import { jsonOf } from "./json.ts";
import { comer } from "./may.ts";
import { refusals } from "./refused.ts";
import { take } from "./take.ts";

/** POST /api/inbound/NAME: webhooks of the sources that the book declares. */
export function inboundRoutes(app: Api, parts: Parts): void {
  const { daemon } = parts;
  app.use("/api/inbound/*", refusals(parts, "inbound"));
  app.post("/api/inbound/:name", async (c) => {
    const name = c.req.param("name").slice(0, 100);
    const specs = daemon.book().open.book.config.inbound ?? [];
    const spec = specs.find(({ id }) => id === name);
    const format = spec && FORMATS.get(spec.kind);
    // Who may come in is decided before it is said what there is.
    const { source } = await comer(c, parts, spec ? [spec] : [], "tell");
    if (!spec || !format) throw new WatchbookError("INBOUND-ABSENT", { name });
    if (source && source.id !== spec.id) throw new WatchbookError("TOKEN-UNKNOWN");
    const read = format.read(await jsonOf(c), daemon.house.clock.wall());
    if (!read) throw new WatchbookError("INBOUND-UNREAD", { kind: spec.kind });
    await take(parts, spec, read);
    return c.json({ taken: read.length });
  });
}
