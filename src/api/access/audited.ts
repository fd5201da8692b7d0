import type { Context } from "hono";
import type { Action } from "../../model/access.ts";
import type { AuditEntry } from "../../model/account.ts";
import type { AuditLine } from "../../engine/access/audit.ts";
import { isUnwritten } from "../../store/refusal.ts";
import { printable } from "../../model/printable.ts";
import { redact } from "../../model/redact.ts";
import type { Env, Parts } from "../front.ts";
import { isNamed, namingOf } from "./actions.ts";
import { askedOf } from "./asked.ts";
import { paramsOf } from "./route.ts";
import { reads, type Who } from "./who.ts";

type C = Context<Env>;

export interface Happened {
  readonly route: string;
  readonly does: Action;
  readonly status: number;
  readonly code?: string;
}

const LONGEST = 500;
/** So much is looked at, characters: more than a secret has that is known by its end, many times what is kept. */
const READ = 32_768;
/** What is cut off in the middle cannot be told from a secret: nothing of the end of what was looked at is kept. */
const CUT = 12_288;

function short(text: string): string {
  // On one line first: what was no secret before must not become one.
  const clean = redact(printable(text.slice(0, READ)));
  return clean.slice(0, text.length > READ ? Math.max(0, Math.min(LONGEST, clean.length - CUT)) : LONGEST);
}

/** What a route does, where its own word says more than the action. An address that nobody serves has none. */
function wordOf(route: string, does: Action, body: Readonly<Record<string, unknown>>): string {
  if (!isNamed(route)) return does;
  const what = body["do"];
  const own = typeof what === "string" && /^[a-z-]{1,40}$/.test(what) ? `.${what}` : "";
  const [method, path = ""] = route.split(" ");
  const access = /^\/api\/(session|setup|oidc|account|accounts|sessions|break-glass|v1\/tokens)\b/.exec(path)?.[1];
  if (access === undefined) return `${does}${own}`;
  const rest = path
    .slice(`/api/${access}`.length)
    .replaceAll(/\/:\w+|\/actions/g, "")
    .replaceAll("/", ".");
  return `${access.replace("v1/", "")}${rest}${own || (method === "DELETE" ? ".end" : "")}`;
}

/** Names of what was acted on, from the address and the body. */
function objectOf(c: C, route: string, body: Readonly<Record<string, unknown>>): string {
  const ids = c.get("ids");
  const names = ["person", "runbook", "environment", "gate", "step", "target", "silence", ...(ids ? [] : ["alerts"])];
  const told = names.flatMap((name) => {
    const value = body[name];
    if (typeof value === "string") return [value];
    return Array.isArray(value) ? [value.filter((one) => typeof one === "string").join(",")] : [];
  });
  const own = ids ? [ids.join(",")] : isNamed(route) ? Object.values(paramsOf(c, route)) : [];
  return short([...own, ...told].filter((one) => one !== "").join(" "));
}

function reasonOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const found = [body["reason"], body["note"]].find((one) => typeof one === "string" && one !== "");
  return typeof found === "string" ? short(found) : undefined;
}

/** The code of a problem that a route answered. */
async function codeOf(c: C): Promise<string | undefined> {
  if (!(c.res.headers.get("content-type") ?? "").startsWith("application/problem+json")) return undefined;
  return ((await c.res.clone().json()) as { readonly code?: string }).code;
}

const outcomeOf = (status: number): AuditEntry["outcome"] =>
  status < 400 ? "done" : status < 500 ? "refused" : "failed";

/** Looking is not recorded, unless a secret that was shown did not fit: whoever guesses is seen. */
const isRecorded = (c: C, { does, code, status }: Happened): boolean =>
  (!reads(c) && (does !== "run.plan" || status >= 400)) ||
  /\.\.|%2e%2e/i.test(c.req.url) ||
  (code !== undefined && code !== "TOKEN-NEEDED" && code !== "SIGN-IN") ||
  c.req.path.endsWith("/oidc/callback");

/** Of a stranger a body is read where strangers are asked something, and there it is short. */
const mayTell = (route: string, who: Who | undefined): boolean =>
  who?.person !== undefined || who?.front === "socket" || namingOf(route).least === "enter";

/** A line of the audit log for what was done, refused or failed. Rejects as the store does: what cannot be recorded is not answered as done, unless nothing was changed. */
export async function record(c: C, parts: Parts, happened: Happened): Promise<void> {
  if (!isRecorded(c, happened)) return;
  const who = c.get("who") as Who | undefined;
  // Only what the route's contract knows: anybody can write anything beside it.
  const body = mayTell(happened.route, who) ? ((await askedOf(c)).fits ?? {}) : {};
  const code = happened.code ?? c.get("refused") ?? (await codeOf(c));
  const by = typeof body["by"] === "string" ? short(body["by"]) : undefined;
  const session = who?.signIn?.id ?? who?.token?.id;
  const reason = reasonOf(body);
  const named = c.get("person") ?? (who?.front === "socket" ? (by ?? "socket") : "-");
  const line: AuditLine = {
    person: named,
    action: wordOf(happened.route, happened.does, body),
    object: objectOf(c, happened.route, body),
    outcome: c.get("refused") === undefined ? outcomeOf(happened.status) : "refused",
    address: who?.address ?? c.env.address ?? "-",
    request: c.get("request"),
    ...(code && { code }),
    ...(reason && { reason }),
    ...(session && { session }),
  };
  try {
    await parts.access.audit.write(line);
  } catch (error) {
    if (!isUnwritten(error) || c.get("unkept") !== true) throw error;
  }
}
