import type { DoRequest } from "../../engine/doing.ts";
import { WatchbookError } from "../../model/error.ts";
import { dutiesRoute, inspectionRoute, inspectionsRoute, inspectRoute, type Inspection } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { dutyView } from "../view/duty.ts";
import { errorSaid } from "../view/say.ts";

/** The contract's inspection is the model's, without its readonly marks. */
const plain = (inspection: unknown): Inspection => inspection as Inspection;

export function dutyRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(dutiesRoute, async (c) => {
    const now = await daemon.snapshot();
    return c.json({ at: now.at, zone: now.book.open.book.zone, duties: now.duties.map(dutyView) }, 200);
  });
  app.openapi(inspectRoute, async (c) => {
    const { by, period, ticks } = c.req.valid("json");
    const request = { by: c.get("person") ?? by ?? "socket", period, ticks: ticks && given(ticks) };
    const done = await daemon.inspect(c.req.valid("param").id, request);
    const body = {
      inspection: plain(done.inspection),
      report: done.report ?? null,
      evidence: done.evidence?.directory ?? null,
      problems: done.problems.map((problem) => errorSaid(problem, c.get("lang"))),
    };
    return c.json(body, 200);
  });
  app.openapi(inspectionsRoute, async (c) => {
    const { duty, limit } = c.req.valid("query");
    const found = await daemon.house.store.inspections({ limit, ...(duty === undefined ? {} : { duty }) });
    return c.json({ inspections: found.map(plain) }, 200);
  });
  app.openapi(inspectionRoute, async (c) => {
    const { id } = c.req.valid("param");
    const found = await daemon.house.store.inspection(id);
    if (found === undefined) throw new WatchbookError("INSPECTION-UNKNOWN", { id });
    return c.json(plain(found), 200);
  });
}

type Ticks = NonNullable<DoRequest["ticks"]>;

/** Drops notes that are absent: the engine knows no `undefined`. */
const given = (
  ticks: Readonly<Record<string, { outcome: "pass" | "fail" | "skipped"; note?: string | undefined }>>,
): Ticks =>
  Object.fromEntries(
    Object.entries(ticks).map(([item, { outcome, note }]) => [
      item,
      note === undefined ? { outcome } : { outcome, note },
    ]),
  );
