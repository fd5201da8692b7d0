import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { keepFile } from "../../src/engine/run/kept.ts";
import { format } from "../../src/i18n/format.ts";
import { texts } from "../../src/i18n/texts.ts";
import { registry } from "../../src/kinds/registry.ts";
import { localTarget } from "../../src/kinds/targets/local.ts";
import { WatchbookError } from "../../src/model/error.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import type { Recall, StepContext, StepKind } from "../../src/model/step.ts";
import type { Reach } from "../../src/model/target.ts";
import { systemClock } from "../../src/model/time.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";

/** A place where one step can be done for real: this machine, with receipts of its own. */
export interface Place {
  /** The book's root; commands start here too. */
  readonly root: string;
  readonly reach: Reach;
  /** Everything that steps printed so far, both streams. */
  printed(): string;
  /** A context for an attempt; what is given counts. */
  context(over?: Partial<StepContext>, attempt?: Partial<StepContext["attempt"]>): StepContext;
  /** Text of a file below the root. */
  text(path: string): string;
}

/** `last`: what is done in it when the test ends, before it goes. */
export async function place(
  t: TestContext,
  env: Record<string, string> = {},
  last?: (here: Place) => unknown,
): Promise<Place> {
  let here: Place | undefined;
  // Whatever is registered first is done first.
  t.after(() => here && last?.(here));
  const root = folder(t);
  const params = localTarget.params.safeParse({ env: { WATCHBOOK_STATE: join(root, ".receipts"), ...env } });
  if (!params.success) throw new Error(JSON.stringify(params.error.issues));
  const reach = await localTarget.open("here", params.data, root);
  t.after(() => reach[Symbol.asyncDispose]());
  const heard: Buffer[] = [];
  here = {
    root,
    reach,
    printed: () => Buffer.concat(heard).toString("utf8"),
    context: (over = {}, attempt = {}) => ({
      reach,
      open: () => Promise.resolve(reach),
      registry,
      clock: systemClock,
      signal: new AbortController().signal,
      timeoutMs: 60_000,
      attempt: { run: "run-1", step: "step-1", target: "here", purpose: "do", number: 1, ...attempt },
      env: {},
      root,
      plan: planOf({ steps: ["step-1"] }),
      log: (chunk) => void heard.push(Buffer.from(chunk)),
      secret: (reference) => Promise.reject(new WatchbookError("SECRET-MISSING", { reference })),
      keep: (name, bytes) => keepFile(root, "run-1", name, bytes),
      ...over,
    }),
    text: (path) => readFileSync(join(root, path), "utf8"),
  };
  return here;
}

/** A kind with its params, validated as the engine does it. */
export interface Given {
  readonly kind: StepKind;
  readonly params: unknown;
}

export function given(kind: string, params: unknown): Given {
  const found = registry.steps.get(kind);
  if (!found) throw new Error(`no step kind ${kind}`);
  const parsed = found.params.safeParse(params);
  if (!parsed.success) throw new Error(`${kind}: ${JSON.stringify(parsed.error.issues)}`);
  return { kind: found, params: parsed.data };
}

/** How an attempt ended, in one language; fails when a reason or a value of it is not said. */
export function sentence({ reason, args = {} }: AttemptEnd, lang: "en" | "zh"): string {
  if (reason === undefined) return "";
  const text = (texts(lang).steps.reasons as Readonly<Record<string, string>>)[reason];
  if (text === undefined) throw new Error(`reason ${reason} is not said in ${lang}`);
  const said = format(text, args);
  if (/\{\w+\}/.test(said)) throw new Error(`${reason}: ${said} (${JSON.stringify(args)})`);
  return said;
}

/** Does a step; whatever its end, both languages can say it. */
export async function done(kind: string, params: unknown, context: StepContext): Promise<AttemptEnd> {
  const { kind: found, params: parsed } = given(kind, params);
  const end = await found.perform(parsed, context);
  for (const lang of ["en", "zh"] as const) sentence(end, lang);
  return end;
}

export async function recalled(kind: string, params: unknown, context: StepContext): Promise<Recall> {
  const { kind: found, params: parsed } = given(kind, params);
  if (!found.recall) throw new Error(`${kind} recalls nothing`);
  return found.recall(parsed, context);
}

/** `ok`, `failed exit-code`: an end in words. */
export const said = ({ ending, reason }: AttemptEnd): string => (reason === undefined ? ending : `${ending} ${reason}`);
