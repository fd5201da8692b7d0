import type { Known } from "../view/changes/changes.ts";
import { changesPage, oneChange } from "../view/changes/changes.ts";
import { RunChanges } from "../view/changes/runs.ts";
import { changeRoute, changesRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import type { Lang } from "../../model/lang.ts";

export function changeRoutes(app: Api, { daemon }: Parts): void {
  const { store, clock } = daemon.house;
  const runs = new RunChanges(store, daemon.runs);
  const known = (lang: Lang): Known => ({ store, runs, book: daemon.book().open.book, lang });
  app.openapi(changesRoute, async (c) => {
    const page = await changesPage(known(c.get("lang")), c.req.valid("query"));
    return c.json({ at: clock.wall(), next: page.next, changes: [...page.changes] }, 200);
  });
  app.openapi(changeRoute, async (c) => c.json(await oneChange(known(c.get("lang")), c.req.valid("param").id), 200));
}
