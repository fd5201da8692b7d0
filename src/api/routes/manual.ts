import {
  documentRoute,
  manualRoute,
  proceduresRoute,
  searchRoute,
  sentenceRoute,
  type ManualShown,
} from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { documentView, filesView } from "../view/manual/document.ts";
import { proceduresOf } from "../view/manual/procedures.ts";
import { sentenceAt } from "../view/manual/sentence.ts";
import { search } from "../view/manual/search.ts";

/** As the contract has it: nodes are a tree that zod does not describe. */
const plain = (shown: ManualShown) => shown as Omit<ManualShown, "nodes"> & { nodes: unknown[] };

export function manualRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(manualRoute, (c) => {
    const state = daemon.book();
    return c.json({ digest: state.open.book.digest, files: [...filesView(state)] }, 200);
  });
  app.openapi(documentRoute, (c) => {
    return c.json(plain(documentView(daemon.book(), c.req.valid("query").file, c.get("lang"))), 200);
  });
  app.openapi(sentenceRoute, (c) => {
    const { file, line } = c.req.valid("query");
    return c.json({ source: { file, line }, text: sentenceAt(daemon.book(), file, line) }, 200);
  });
  app.openapi(proceduresRoute, async (c) => {
    const { grants } = c.get("who");
    return c.json({ procedures: [...(await proceduresOf(daemon, c.req.valid("query").file, grants))] }, 200);
  });
  app.openapi(searchRoute, (c) => {
    const { q, limit } = c.req.valid("query");
    return c.json({ hits: [...search(daemon.book(), q, limit)] }, 200);
  });
}
