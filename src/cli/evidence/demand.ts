import { resolve } from "node:path";
import { seconds } from "../../book/config/duration.ts";
import type { Limits } from "../../evidence/limits/kind.ts";
import type { Pins } from "../../evidence/pins.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Call } from "../verb.ts";
import { readText } from "./place.ts";

const NUMBERS = [
  ["max-rto-seconds", "maxRtoSeconds", /^\d+(?:\.\d+)?$/],
  ["max-rpo-events", "maxRpoEvents", /^\d+$/],
  ["max-rollback-seconds", "maxRollbackSeconds", /^\d+(?:\.\d+)?$/],
  ["max-failover-seconds", "maxFailoverSeconds", /^\d+(?:\.\d+)?$/],
  ["max-data-lag-events", "maxDataLagEvents", /^\d+$/],
] as const;

const bad = (option: string, value: unknown): WatchbookError =>
  new WatchbookError("EVIDENCE-OPTION", { option, value: String(value) });

/** Limits of the options, each checked. */
export function limitsOf({ values }: Call): Limits {
  const limits: { -readonly [K in keyof Limits]: Limits[K] } = {};
  for (const [option, name, form] of NUMBERS) {
    const value = values[option];
    if (value === undefined) continue;
    if (typeof value !== "string" || !form.test(value)) throw bad(option, value);
    limits[name] = Number(value);
  }
  if (values["require-fault-step"] === true) limits.requireFaultStep = true;
  return limits;
}

/** What the asker knows: age, host, commit. */
export function pinsOf({ values, world }: Call): Pins {
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === "string" ? value : undefined;
  };
  const [age, host, commit] = [text("max-age"), text("host"), text("book-commit")];
  const most = age === undefined ? undefined : seconds(age);
  if (age !== undefined && most === undefined) throw bad("max-age", age);
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/i.test(commit)) throw bad("book-commit", commit);
  return {
    now: world.clock.wall(),
    ...(most !== undefined && { maxAge: most * 1000 }),
    ...(host !== undefined && { host }),
    ...(commit !== undefined && { commit }),
  };
}

/** `--signatures N`: the runner's and those of persons. */
export function signaturesOf({ values }: Call): { readonly signatures?: number } {
  const value = values["signatures"];
  if (value === undefined) return {};
  if (typeof value !== "string" || !/^[1-9]\d?$/.test(value)) throw bad("signatures", value);
  return { signatures: Number(value) };
}

/** Text of the `--checkpoint` file. */
export function keptOf({ values, world }: Call): string | undefined {
  const file = values["checkpoint"];
  return typeof file === "string" ? readText(resolve(world.cwd, file)) : undefined;
}
