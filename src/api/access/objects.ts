import type { Context } from "hono";
import { alertNamed } from "../../engine/alerts/ask.ts";
import type { Action, ActedOn } from "../../model/access.ts";
import { given } from "../../model/given.ts";
import type { PlanRequest } from "../../model/plan.ts";
import { PlanRequest as Asked } from "../contract.ts";
import { isReadable } from "../body.ts";
import type { Env, Parts } from "../front.ts";
import { paramsOf, routeOf, type Wanted } from "./route.ts";

type C = Context<Env>;

/** The JSON of a request; of one that is none the route itself says what is wrong with it. */
export async function bodyOf(c: C): Promise<Readonly<Record<string, unknown>>> {
  if (!isReadable(c) || !/\bjson\b/.test(c.req.header("content-type") ?? "")) return {};
  try {
    const body: unknown = await c.req.json();
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What is asked for as a plan: one that only reads is less than one that changes something, or takes others' targets. */
export async function onPlan(c: C, { daemon }: Parts): Promise<Wanted> {
  const body = await bodyOf(c);
  const asked = Asked.safeParse(body);
  if (!asked.success) return { does: "run.begin", on: [{}] };
  const plan = await daemon.runs.plan(given(asked.data) as PlanRequest);
  const looks = [...plan.steps, ...plan.others].every(({ risk }) => risk === "read") && body["takeOver"] !== true;
  return { does: looks ? "run.look" : "run.begin", on: [{ service: plan.service, environment: plan.environment }] };
}

export async function onRun(c: C, { daemon }: Parts): Promise<Wanted> {
  const { do: what } = await bodyOf(c);
  const does: Action = what === "approve" || what === "reject" ? "run.approve" : "run.act";
  const { plan } = await daemon.runs.now(paramsOf(c, routeOf(c))["id"] ?? "");
  return { does, on: [{ service: plan.service, environment: plan.environment }] };
}

export function onDuty(c: C, { daemon }: Parts): Promise<Wanted> {
  const id = paramsOf(c, routeOf(c))["id"];
  const duty = daemon.book().open.book.duties.find((one) => one.id === id);
  return Promise.resolve({ does: "duty.do", on: [{ service: duty?.service }] });
}

/** What is done to the alerts that it names; all else, silences too, may hide any alert, whatever is named beside it. */
const NAMING: ReadonlySet<unknown> = new Set(["acknowledge", "escalate", "close"]);

export async function onAlerts(c: C, { daemon }: Parts): Promise<Wanted> {
  const { do: what, alerts } = await bodyOf(c);
  const { store } = daemon.house;
  if (!NAMING.has(what) || !Array.isArray(alerts) || alerts.length === 0) return { does: "alert.act", on: [{}] };
  const { targets } = daemon.book().open.book.config;
  const on: ActedOn[] = [];
  for (const name of alerts.slice(0, 1_000).map(textOf)) {
    const alert = await alertNamed(store, name ?? "");
    const target = targets.find((one) => one.name === alert.target);
    on.push({ service: alert.service, environment: target?.environment });
  }
  return { does: "alert.act", on };
}

/** An incident belongs to its service; one that has none, or is not there, to everything. */
export async function onIncident(c: C, { daemon }: Parts): Promise<Wanted> {
  const id = paramsOf(c, routeOf(c))["id"] ?? "";
  const found = await daemon.house.store.deskOne("incident", id);
  const near = found ?? daemon.incidents.list().find((one) => one.id.startsWith(id) || one.id.endsWith(`-${id}`));
  return { does: "incident.act", on: [{ service: near?.service }] };
}
