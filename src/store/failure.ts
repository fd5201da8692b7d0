import { Met } from "./apply.ts";
import type { Failure } from "./protocol.ts";
import { refusalOf } from "./refusal.ts";

/** An error as it crosses the thread. */
export function failureOf(error: unknown, file: string): Failure {
  if (error instanceof Met) return { kind: "conflict", index: error.index };
  const refused = refusalOf(error, file);
  if (refused) return { kind: "refused", code: refused.code, args: refused.args as Record<string, string | number> };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "bug", message, stack: stack ?? message };
}
