import type { Book } from "../../model/book.ts";
import { isEnded } from "../../model/run.ts";
import type { RunbookKind } from "../../model/runbook.ts";
import type { RunNow } from "../run/runner.ts";

/**
 * Kinds of runbooks whose work is felt as a disturbance. Not those that look, nor a backup, which a service is to stand;
 * nor what is done in an emergency: there people want to hear of everything.
 */
const FELT: ReadonlySet<RunbookKind> = new Set([
  "restore",
  "upgrade",
  "rollback",
  "failover",
  "deploy",
  "restart",
  "other",
]);

/** Whoever does a step by hand is at it for so long; after that nobody knows. */
const BY_HAND_MS = 900_000;

/**
 * Whether nobody is to be told of a run's service for now. now: it has begun to change something and works on. settling: it
 * ended well a moment ago. no: it has changed nothing yet, waits for a person's word, ended badly, or is a drill, whose alerts belong
 * to it.
 */
export function windowOf({ record, plan, view }: RunNow, book: Book, at: number): "now" | "settling" | "no" {
  if (plan.service === undefined || plan.rehearsal || plan.drill || plan.request.injectFault !== undefined) return "no";
  const kind = book.runbooks.find(({ id }) => id === plan.runbook)?.kind ?? "other";
  if (!(book.config.runbooks.find(({ id }) => id === plan.runbook)?.maintenance ?? FELT.has(kind))) return "no";
  const changing = new Set(plan.steps.filter(({ risk }) => risk !== "read").map(({ id }) => id));
  if (!view.tasks.some(({ step, attempts }) => attempts > 0 && changing.has(step))) return "no";
  const { state } = record;
  if (isEnded(state)) return state === "done" || state === "undone" ? "settling" : "no";
  const works = state === "running" || state === "undoing" || state === "cancelling";
  const goesOn = view.waits.every(
    ({ kind, since }) => kind === "timer" || (kind === "tick" && at - since < BY_HAND_MS),
  );
  return works || (state === "waiting" && goesOn) ? "now" : "no";
}

/**
 * Targets from which a service is looked at where the run works: those of its environment, and, for a protected environment,
 * those of none. A change in staging hides nothing of production.
 */
export function lookedAtFrom(book: Book, service: string, environment: string): readonly string[] {
  const { targets, environments } = book.config;
  const isProtected = environments.find(({ id }) => id === environment)?.protected ?? true;
  const names = book.checks.filter((check) => check.service === service).map(({ target = "local" }) => target);
  return [...new Set(names)].filter((name) => {
    const place = targets.find((target) => target.name === name)?.environment;
    return place === undefined ? isProtected : place === environment;
  });
}
