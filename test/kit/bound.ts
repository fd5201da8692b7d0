import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plan } from "../../src/model/plan.ts";
import { planOf } from "./plan.ts";

/** Writes files of a book and gives a plan that binds them. */
export function bound(root: string, files: Readonly<Record<string, string>>, plan: Partial<Plan> = {}): Plan {
  const all = Object.entries(files).map(([path, text]) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return { path, sha256: `sha256:${createHash("sha256").update(text).digest("hex")}` };
  });
  return { ...planOf({ steps: ["step-1"] }), ...plan, files: all };
}
