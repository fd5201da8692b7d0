import type { DoRequest } from "../../engine/doing.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Seen } from "../../engine/inspect.ts";
import type { Lang } from "../../model/lang.ts";
import {
  answerRoute,
  dutiesRoute,
  inspectionRoute,
  inspectionsRoute,
  inspectRoute,
  openRoute,
  recordsRoute,
  type Inspected,
  type Inspection,
} from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { dutyView } from "../view/duty.ts";
import { dayIn, dutyDays } from "../view/duty-days.ts";
import { errorSaid } from "../view/say.ts";

/** The contract's inspection is the model's, without its readonly marks. */
const plain = (inspection: unknown): Inspection => inspection as Inspection;

const told = (done: Seen, lang: Lang): Inspected => ({
  inspection: plain(done.inspection),
  report: done.report ?? null,
  evidence: done.evidence?.directory ?? null,
  problems: done.problems.map((problem) => errorSaid(problem, lang)),
});

export function dutyRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(dutiesRoute, async (c) => {
    const now = await daemon.snapshot();
    return c.json({ at: now.at, zone: now.book.open.book.zone, duties: now.duties.map(dutyView) }, 200);
  });
  app.openapi(inspectRoute, async (c) => {
    const { by, period, ticks } = c.req.valid("json");
    const request = { by: c.get("person") ?? by ?? "socket", period, ticks: ticks && given(ticks), anyway: true };
    const done = await daemon.inspect(c.req.valid("param").id, request);
    c.set(
      "unkept",
      done.problems.some(({ code }) => code === "INSPECTION-NOT-KEPT"),
    );
    return c.json(told(done, c.get("lang")), 200);
  });
  app.openapi(openRoute, async (c) => {
    const { period } = c.req.valid("query");
    return c.json(plain(await daemon.openRun(c.req.valid("param").id, period)), 200);
  });
  app.openapi(answerRoute, async (c) => {
    const { by, period, answers } = c.req.valid("json");
    const request = {
      by: c.get("person") ?? by ?? "socket",
      period,
      answers: answers.map(({ item, outcome, note }) => ({ item, outcome, ...(note !== undefined && { note }) })),
    };
    return c.json(told(await daemon.answer(c.req.valid("param").id, request), c.get("lang")), 200);
  });
  app.openapi(recordsRoute, async (c) => {
    const { book } = daemon.book().open;
    const today = dayIn(book.zone)(daemon.house.clock.wall());
    const { month = today.slice(0, 7) } = c.req.valid("query");
    return c.json({ month, today, days: [...(await dutyDays(daemon.house.store, book, month))] }, 200);
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
