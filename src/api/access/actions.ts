import type { Context } from "hono";
import type { Action } from "../../model/access.ts";
import type { Env, Parts } from "../front.ts";
import { onAlerts, onDuty, onFile, onIncident, onPlan, onRun } from "./objects.ts";
import type { Wanted } from "./route.ts";

type Finder = (c: Context<Env>, parts: Parts) => Promise<Wanted>;
/** An action, or how it is found out from the request; `least`: what is asked before that. */
export type Naming = Action | { readonly least: Action; readonly find: Finder };

const find = (least: Action, finder: Finder): Naming => ({ least, find: finder });

/** Everything that is served, and what it is called when it is asked whether somebody may: a route without a line is the administrator's, or only reads. */
export const NAMED: Readonly<Record<string, Naming>> = {
  "GET /api/session": "enter",
  "POST /api/session": "enter",
  "POST /api/session/totp": "enter",
  "POST /api/session/invite": "enter",
  "DELETE /api/session": "enter",
  "POST /api/setup": "enter",
  "GET /api/setup-code": "access.manage",
  "GET /api/oidc/start": "enter",
  "GET /api/oidc/callback": "enter",
  "POST /api/account/password": "own",
  "POST /api/account/totp": "own",
  "POST /api/account/totp/confirm": "own",
  "GET /api/accounts": "access.manage",
  "POST /api/accounts": "access.manage",
  "POST /api/accounts/:person/actions": "access.manage",
  "GET /api/sessions": "own",
  "DELETE /api/sessions/:id": "own",
  "POST /api/break-glass": "own",
  "DELETE /api/break-glass": "own",
  "GET /api/v1/tokens": "own",
  "POST /api/v1/tokens": "own",
  "DELETE /api/v1/tokens/:id": "own",
  "GET /api/audit": "audit.read",
  // The link carries its own right: one acknowledgement, once.
  "GET /acknowledge/:token": "enter",
  "POST /acknowledge/:token": "enter",
  "POST /api/v1/plans": "run.plan",
  "POST /api/v1/runs": find("run.look", onPlan),
  "POST /api/v1/runs/:id/actions": find("read", onRun),
  "POST /api/v1/runs/:id/files": find("run.act", onFile),
  "POST /api/v1/duties/:id/inspect": find("duty.do", onDuty),
  "POST /api/v1/duties/:id/answer": find("duty.do", onDuty),
  "POST /api/v1/alerts/actions": find("alert.act", onAlerts),
  "POST /api/v1/channels/:id/test": "alert.act",
  // Only what was published, and only where the book wants it.
  "GET /status": "enter",
  "GET /status.json": "enter",
  "POST /api/v1/incidents": "incident.act",
  "POST /api/v1/incidents/:id/actions": find("incident.act", onIncident),
  "POST /api/v1/alerts/:id/dismissal": "incident.act",
  "POST /api/v1/problems": "incident.act",
  "POST /api/v1/problems/:id/actions": "incident.act",
  "GET /api/v1/incidents": "read",
  "GET /api/v1/incidents/:id": "read",
  "GET /api/v1/incidents/:id/review": "read",
  "GET /api/v1/problems": "read",
  "GET /api/v1/problems/:id": "read",
  "POST /api/v1/gaps": "gap.write",
  "POST /api/v1/gaps/:id/close": "gap.write",
  "POST /api/v1/handovers/acceptances": "handover.accept",
  "POST /api/v1/onboarding/steps": "gap.write",
  "POST /api/v1/onboarding/signatures": "handover.accept",
  "POST /api/v1/rotas/:id/changes": "rota.change",
  "GET /": "read",
  "GET /plain": "read",
  "GET /now": "read",
  "GET /today.css": "read",
  "GET /today.js": "read",
  "GET /icon.svg": "read",
  "GET /reports/:run": "read",
  "GET /reports/:run/markdown": "read",
  "GET /openapi.json": "read",
  "GET /health": "read",
  "GET /metrics": "read",
  "GET /api/v1/status": "read",
  "GET /api/v1/alerts": "read",
  "GET /api/v1/alerts/:id": "read",
  "GET /api/v1/silences": "read",
  "GET /api/v1/events": "read",
  "GET /api/v1/events/stream": "read",
  "GET /api/v1/backups": "read",
  "GET /api/v1/backups/:id/sets": "read",
  "GET /api/v1/promises": "read",
  "GET /api/v1/drill-days": "read",
  "GET /api/v1/evidence": "read",
  "GET /api/v1/evidence/:id": "read",
  "GET /api/v1/evidence/:id/verification": "read",
  "GET /api/v1/evidence/:id/files/:name": "read",
  "GET /api/v1/signers": "read",
  "GET /api/v1/deliverables": "read",
  "GET /api/v1/deliverables/:kind": "read",
  "GET /api/v1/duties": "read",
  "GET /api/v1/duties/:id/open": "read",
  "GET /api/v1/records": "read",
  "GET /api/v1/inspections": "read",
  "GET /api/v1/inspections/:id": "read",
  "GET /api/v1/gaps": "read",
  "GET /api/v1/rotas": "read",
  "GET /api/v1/rotas/:id": "read",
  "GET /api/v1/book": "read",
  "GET /api/v1/manual": "read",
  "GET /api/v1/manual/document": "read",
  "GET /api/v1/manual/procedures": "read",
  "GET /api/v1/manual/sentence": "read",
  "GET /api/v1/search": "read",
  "GET /api/v1/coverage": "read",
  "GET /api/v1/findings": "read",
  "GET /api/v1/checks": "read",
  "GET /api/v1/targets": "read",
  "GET /api/v1/runbooks": "read",
  "GET /api/v1/services": "read",
  "GET /api/v1/history": "read",
  "GET /api/v1/checks/:id/series": "read",
  "GET /api/v1/changes": "read",
  "GET /api/v1/changes/:id": "read",
  "GET /api/v1/runs": "read",
  "GET /api/v1/runs/:id": "read",
  "GET /api/v1/runs/:id/journal": "read",
  "GET /api/v1/runs/:id/output/:attempt": "read",
  "GET /api/v1/runs/:id/events": "read",
};

export const isNamed = (route: string): boolean => Object.hasOwn(NAMED, route);

/** What is asked first, and how the rest is found out. */
export function namingOf(route: string): { readonly least: Action; readonly find?: Finder } {
  const named = isNamed(route) ? NAMED[route] : undefined;
  if (named === undefined) return { least: route.startsWith("GET ") ? "read" : "access.manage" };
  return typeof named === "string" ? { least: named } : named;
}
