import { unknownName } from "../../engine/plan/named.ts";
import type { CheckNow } from "../../engine/snapshot.ts";
import { WatchbookError } from "../../model/error.ts";
import { historyRoute, OWN, seriesRoute, servicesRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { beginnings, Marks, MARKS, STEP } from "../view/service/history.ts";
import { ownerOf, servicesView } from "../view/service/services.ts";
import { worst } from "../view/service/worst.ts";

/** Runs that are looked at for the last one of each sort, and open alerts that are counted. */
const NEWEST = 1_000;

export function serviceRoutes(app: Api, { daemon }: Parts): void {
  const { store, clock } = daemon.house;
  const marks = new Marks(store);
  app.openapi(servicesRoute, async (c) => {
    const [runs, alerts] = await Promise.all([
      store.runs({ limit: NEWEST }),
      store.desk("alert", { open: true, limit: NEWEST }),
    ]);
    const { book } = daemon.book().open;
    const services = servicesView({ book, checks: daemon.checks(), alerts, runs });
    return c.json({ at: clock.wall(), services: [...services] }, 200);
  });
  app.openapi(historyRoute, async (c) => {
    const { service } = c.req.valid("query");
    const { book } = daemon.book().open;
    const ids = [...book.services.map(({ id }) => id), OWN];
    if (service !== undefined && !ids.includes(service)) throw unknownName("SERVICE-UNKNOWN", service, ids);
    const of = ({ spec }: CheckNow): string => ownerOf(book, spec.service);
    const checks = daemon.checks().filter((one) => service === undefined || of(one) === service);
    const now = clock.wall();
    const each = (await marks.of(checks, now)).map((found, index) => ({ check: checks[index]!, marks: [...found] }));
    const rows =
      service === undefined
        ? [...Map.groupBy(each, ({ check }) => of(check))].map(([id, all]) => ({
            id,
            marks: Array.from({ length: MARKS }, (_, index) => worst(all.map((one) => one.marks[index]))),
          }))
        : each.map(({ check, marks }) => ({ id: check.spec.id, marks }));
    const [from = now, last = now] = [beginnings(now)[0], beginnings(now).at(-1)];
    return c.json({ from, to: last + STEP, step: STEP / 1_000, rows }, 200);
  });
  app.openapi(seriesRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { hours, points } = c.req.valid("query");
    const found = daemon.checks().find(({ spec }) => spec.id === id);
    if (found === undefined) throw new WatchbookError("CHECK-UNKNOWN", { id });
    const { spec, reading } = found;
    const target = reading?.target ?? spec.target ?? "local";
    const to = clock.wall();
    const from = to - Math.round(hours * 3_600_000);
    const kept = await store.series({ check: id, target, from, to, points });
    const shown = kept.map(({ at, min, mean, max, worst: was = null }) => ({ at, min, mean, max, worst: was }));
    const [unit, bands] = [reading?.unit ?? spec.unit ?? null, reading?.bands ?? spec.bands ?? null];
    return c.json({ check: id, target, unit, bands, from, to, points: shown }, 200);
  });
}
