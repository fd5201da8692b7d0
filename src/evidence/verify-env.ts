import { existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Verification } from "../model/evidence.ts";
import { entryOf } from "./entry.ts";
import { readPlain, textOf } from "./disk.ts";
import { readEnv } from "./env.ts";
import { readCheckpoint, logFolder } from "./log.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { compatible, judgeLimits, kindOf } from "./limits/index.ts";
import { worstVerdict, type Limits } from "./limits/kind.ts";
import { float, int, keyValues } from "./limits/python.ts";
import { FILES } from "./record.ts";
import { reason, Refusal } from "./refusal.ts";
import { readEntries } from "./tiles.ts";
import type { Demands } from "./demands.ts";
import { refused, verifyDirectory } from "./verify.ts";

/** `--compat`: the same verdict as the published verifier on the same file; pass or refused, nothing between. */
export function verifyCompat(path: string, limits: Limits): Verification {
  try {
    const bytes = readPlain(path, path);
    if (!bytes) throw new Refusal("file-missing", { file: path });
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const loose = keyValues(text, true) ?? new Map<string, string>();
    const kind = kindOf(loose, limits);
    const values = kind?.kind === "rollout" ? loose : keyValues(text, false);
    if (!values || !compatible(values, limits)) throw new Refusal("compat-refused", { kind: kind?.kind ?? "?" });
    return { verdict: "pass", reasons: [reason("compat")], measured: numbersOf(values), signedBy: null, logged: false };
  } catch (error) {
    return error instanceof TypeError ? refused(new Refusal("not-utf8", { file: path })) : refused(error);
  }
}

/** Values that are numbers to the published verifiers, as they read them. */
function numbersOf(values: ReadonlyMap<string, string>): Record<string, number | string> {
  const measured = [...values].filter(
    ([key, value]) => /seconds|events/i.test(key) && (int(value) ?? float(value)) !== undefined,
  );
  return Object.fromEntries(measured);
}

/**
 * A KEY=VALUE file by itself, strictly. Its own content decides first; what would pass must then be tied to a run: an
 * evidence directory of one of the roots, by RUN_ID and byte for byte, which is verified whole. Nothing untied passes.
 */
export function verifyEnvFile(path: string, demands: Demands): Verification {
  try {
    const bytes = readPlain(path, path);
    if (!bytes) throw new Refusal("file-missing", { file: path });
    const values = readEnv(textOf(bytes, path), path);
    const judged = judgeLimits(values, demands.limits);
    const directory = tiedTo(bytes, values.get("RUN_ID"), demands.roots);
    if (directory !== undefined) return verifyDirectory(directory, demands);
    const verdict = worstVerdict([judged.verdict, "inconclusive"]);
    return { ...judged, verdict, reasons: [...judged.reasons, reason("untied")], signedBy: null, logged: false };
  } catch (error) {
    return refused(error);
  }
}

/** The evidence directory whose result.env has these bytes. The log says where to look; nothing is believed yet. */
function tiedTo(bytes: Buffer, run: string | undefined, roots: readonly string[]): string | undefined {
  if (run === undefined) return undefined;
  const tail = createHash("sha256").update(run).digest("hex");
  for (const root of roots) {
    const note = readCheckpoint(root);
    if (note === undefined) continue;
    const { size } = parseCheckpoint(note, "log/checkpoint");
    for (const entry of readEntries(logFolder(root), size)) {
      const path = (entryOf(entry)?.file ?? "").replace(/\/[^/]+$/, "");
      const digits = /-([0-9a-f]{4,64})$/.exec(path)?.[1];
      if (digits === undefined || !tail.startsWith(digits)) continue;
      const file = join(root, path, FILES.env);
      if (existsSync(file) && readPlain(file, FILES.env)?.equals(bytes)) return join(root, path);
    }
  }
  return undefined;
}
