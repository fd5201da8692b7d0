import type { CheckKind } from "../../../model/check.ts";
import type { StepContext } from "../../../model/step.ts";
import { refused, type Args } from "../ending/ended.ts";
import type { Look } from "./probe.ts";

/** The kind and its validated params. Throws Ended for what the book got wrong. */
export function kindOf(
  given: { readonly check: string; readonly with: Readonly<Record<string, unknown>> },
  { registry }: Pick<StepContext, "registry">,
): { readonly kind: CheckKind; readonly data: unknown } {
  const kind = registry.checks.get(given.check);
  if (!kind) throw refused("check-unknown", { check: given.check });
  const parsed = kind.params.safeParse(given.with);
  if (parsed.success) return { kind, data: parsed.data };
  const [issue] = parsed.error.issues;
  throw refused("check-params", { check: given.check, detail: `${issue!.path.join(".")}: ${issue!.message}` });
}

/** A warning is green only where that is said. */
export const isGreen = ({ outcome }: Look, { warn }: { readonly warn: boolean }): boolean =>
  outcome === "pass" || (outcome === "warn" && warn);

/** What a look that was not green saw, for a sentence. */
export function saw({ outcome, reason, value, args = {} }: Look) {
  const detail = Object.entries(args).map(([name, each]) => `${name} ${String(each)}`);
  return { outcome, why: reason, value: value ?? "-", detail: detail.join(", ") || "-" } satisfies Args;
}

/** `prometheus {"query":"up"} @monitor`: what is looked at and where. */
export const shown = ({ check, with: given, target }: { check: string; with: object; target?: string | undefined }) =>
  [`${check} ${JSON.stringify(given)}`, ...(target === undefined ? [] : [`@${target}`])].join(" ");
