import { WatchbookError } from "../../model/error.ts";
import { deliverableRoute, deliverablesRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

/** What is made from the book: the same bytes as `watchbook render` gives with its usual options. */
export function deliverableRoutes(app: Api, parts: Parts): void {
  app.openapi(deliverablesRoute, async (c) => {
    const made = await parts.deliverables(c.get("lang"));
    const shown = made.map(({ kind, files, left }) => ({
      ...{ kind, left: [...left] },
      files: files.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) })),
    }));
    return c.json({ digest: parts.daemon.book().open.book.digest, deliverables: shown }, 200);
  });
  app.openapi(deliverableRoute, async (c) => {
    const [{ kind }, { path }] = [c.req.valid("param"), c.req.valid("query")];
    const made = await parts.deliverables(c.get("lang"));
    const found = made.find((one) => one.kind === kind);
    if (!found) throw new WatchbookError("RENDER-UNKNOWN", { kind, kinds: made.map((one) => one.kind) });
    const file = found.files.find((one) => one.path === path);
    if (!file) throw new WatchbookError("RENDER-NO-FILE", { kind, path });
    return c.json({ path, text: file.text }, 200);
  });
}
