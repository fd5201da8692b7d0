import type { Freeze } from "../../model/freeze.ts";
import { isGoingOn } from "../../model/incident.ts";
import type { Plan } from "../../model/plan.ts";
import type { Store } from "../../store/store.ts";
import { shownMoment } from "../plan/moment.ts";
import { isFault } from "../plan/sessions.ts";

const MOST = 1_000;

/** Incidents that go on now as freezes of everything; those of drills freeze nothing. */
async function incidentFreezes(store: Pick<Store, "desk">, zone: string): Promise<readonly Freeze[]> {
  const open = await store.desk("incident", { open: true, limit: MOST });
  return open
    .filter((one) => isGoingOn(one) && !one.simulated)
    .map(({ id, title, declared }) => ({ id, incident: id, reason: title, from: shownMoment(declared, zone), zone }));
}

/** A plan that breaks or drills something, with the incidents that go on among its freezes: they are no part of its digest. */
export async function withIncidents<P extends Pick<Plan, "freezes" | "drill" | "steps">>(
  store: Pick<Store, "desk">,
  plan: P,
  zone: string,
): Promise<P> {
  if (!plan.drill && !plan.steps.some(isFault)) return plan;
  const found = await incidentFreezes(store, zone);
  return found.length === 0 ? plan : { ...plan, freezes: [...(plan.freezes ?? []), ...found] };
}
