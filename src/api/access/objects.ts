import type { Context } from "hono";
import { alertNamed } from "../../engine/alerts/ask.ts";
import { oneNamed } from "../../engine/incidents/named.ts";
import type { ActedOn } from "../../model/access.ts";
import { given } from "../../model/given.ts";
import type { Plan, PlanRequest } from "../../model/plan.ts";
import { PlanRequest as Asked } from "../contract.ts";
import type { Env, Parts } from "../front.ts";
import { askedOf } from "./asked.ts";
import { paramsOf, routeOf, type Wanted } from "./route.ts";

type C = Context<Env>;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A run is done to its environment, and to each of its targets: one that belongs to no environment is nobody's whose role has limits. */
function onTargets({ service, environment, targets }: Plan, { daemon }: Parts): Wanted["on"] {
  const known = daemon.book().open.book.config.targets;
  const reached = targets.map(({ name }) => ({
    ...{ service, target: name },
    environment: known.find((one) => one.name === name)?.environment,
  }));
  return [{ service, environment }, ...reached];
}

/** Values that somebody chose decide where a secret goes: what only reads may send it anywhere. */
const steers = ({ parameters }: Plan, chosen: object): boolean =>
  parameters.some(({ secret }) => secret) && Object.keys(chosen).length > 0;

/**
 * What is asked for as a plan: one that only reads is less than one that changes something, that takes others' targets, or
 * that gives a secret to what whoever asks has named.
 */
export async function onPlan(c: C, parts: Parts): Promise<Wanted> {
  const { fits } = await askedOf(c);
  const asked = Asked.safeParse(fits);
  if (!fits || !asked.success) return { does: "run.begin", on: [{}] };
  const plan = await parts.daemon.runs.plan(given(asked.data) as PlanRequest);
  const reads = [...plan.steps, ...plan.others].every(({ risk }) => risk === "read");
  const looks = reads && fits["takeOver"] !== true && !steers(plan, asked.data.params ?? {});
  return { does: looks ? "run.look" : "run.begin", on: onTargets(plan, parts), plan: plan.digest };
}

const ofRun = async (c: C, parts: Parts): Promise<Omit<Wanted, "does">> => {
  const { plan, record } = await parts.daemon.runs.now(paramsOf(c, routeOf(c))["id"] ?? "");
  return { on: onTargets(plan, parts), ids: [record.id] };
};

export async function onRun(c: C, parts: Parts): Promise<Wanted> {
  const what = (await askedOf(c)).raw?.["do"];
  const of = await ofRun(c, parts);
  // What cannot be read may be anything.
  if (typeof what !== "string") return { does: "run.act", and: "run.approve", ...of };
  return { does: what === "approve" || what === "reject" ? "run.approve" : "run.act", ...of };
}

/** A photo says nothing of what it is for: the tick that names it does. */
export const onFile = async (c: C, parts: Parts): Promise<Wanted> => ({ does: "run.act", ...(await ofRun(c, parts)) });

export function onDuty(c: C, { daemon }: Parts): Promise<Wanted> {
  const id = paramsOf(c, routeOf(c))["id"];
  const duty = daemon.book().open.book.duties.find((one) => one.id === id);
  return Promise.resolve({ does: "duty.do", on: [{ service: duty?.service }] });
}

/** What is done to the alerts that it names; all else, silences too, may hide any alert, whatever is named beside it. */
const NAMING: ReadonlySet<unknown> = new Set(["acknowledge", "escalate", "close"]);

export async function onAlerts(c: C, { daemon }: Parts): Promise<Wanted> {
  const { do: what, alerts } = (await askedOf(c)).raw ?? {};
  const { store } = daemon.house;
  if (!NAMING.has(what) || !Array.isArray(alerts) || alerts.length === 0) return { does: "alert.act", on: [{}] };
  const { targets } = daemon.book().open.book.config;
  const on: ActedOn[] = [];
  const ids: string[] = [];
  for (const name of alerts.slice(0, 1_000).map(textOf)) {
    const alert = await alertNamed(store, name ?? "");
    const target = targets.find((one) => one.name === alert.target);
    on.push({ service: alert.service, environment: target?.environment });
    ids.push(alert.id);
  }
  return { does: "alert.act", on, ids };
}

/** An incident belongs to its service; one that has none to everything. */
export async function onIncident(c: C, { daemon }: Parts): Promise<Wanted> {
  const name = paramsOf(c, routeOf(c))["id"] ?? "";
  const exact = await daemon.house.store.deskOne("incident", name);
  const { id, service } = exact ?? oneNamed(daemon.incidents.list(), name, "INCIDENT-UNKNOWN");
  return { does: "incident.act", on: [{ service }], ids: [id] };
}
