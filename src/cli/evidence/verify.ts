import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { isEvidence } from "../../evidence/directory.ts";
import type { Demands } from "../../evidence/demands.ts";
import { FILES } from "../../evidence/record.ts";
import { remembered } from "../../evidence/remembered.ts";
import { verifyDigest } from "../../evidence/verify-digest.ts";
import { verifyCompat, verifyEnvFile } from "../../evidence/verify-env.ts";
import { verifyReport } from "../../evidence/verify-report.ts";
import { verifyDirectory } from "../../evidence/verify.ts";
import type { Verification } from "../../model/evidence.ts";
import { WatchbookError, type Exit } from "../../model/error.ts";
import { frameOf } from "../../report/inspection/frame.ts";
import type { Call } from "../verb.ts";
import { keptOf, limitsOf, pinsOf, signaturesOf } from "./demand.ts";
import { placesFor, trustOf } from "./place.ts";
import { exitOf, sayReason, verificationText } from "./say.ts";

/** `evidence verify FILE|DIR`. */
export async function verify(call: Call, given: string): Promise<Exit> {
  const path = resolve(call.world.cwd, given);
  if (!existsSync(path)) throw new WatchbookError("FILE-NOT-FOUND", { path });
  const verification = call.values["compat"] === true ? compat(call, path) : strict(call, path);
  if (call.json) {
    const reasons = verification.reasons.map((reason) => ({ ...reason, say: sayReason(reason, call.lang) }));
    call.world.stdout.write(`${JSON.stringify({ ...verification, reasons }, null, 2)}\n`);
  } else call.world.stdout.write(verificationText(relative(call.world.cwd, path) || ".", verification, call.lang));
  return exitOf(verification.verdict);
}

/** The KEY=VALUE file that is meant: itself, or that of an evidence directory. */
function compat(call: Call, path: string): Verification {
  const file = statSync(path).isDirectory() ? resolve(path, FILES.env) : path;
  return verifyCompat(file, limitsOf(call));
}

/** What the asker of evidence at `path` trusts and demands. */
export function demandsOf(call: Call, path: string): Demands {
  const places = placesFor(call, path);
  const directory = evidenceDirectory(path);
  const root = existsSync(places.root) ? realpathSync(places.root) : places.root;
  // A file by itself can only be tied to evidence below our own root, so our own trust counts for it.
  const ours = directory === undefined || `${realpathSync(directory)}/`.startsWith(`${root}/`);
  // What this host remembers counts for its own root only: a copy elsewhere has no log beside it.
  const kept = keptOf(call) ?? (ours ? remembered(places.keys, root) : undefined);
  return {
    trust: trustOf(call, places, ours),
    limits: limitsOf(call),
    pins: pinsOf(call),
    roots: [root],
    ...(places.people !== undefined && { people: places.people }),
    ...(places.keysOnly && { keysOnly: true }),
    ...(kept !== undefined && { checkpoint: kept }),
    ...signaturesOf(call),
  };
}

function strict(call: Call, path: string): Verification {
  const demands = demandsOf(call, path);
  const directory = evidenceDirectory(path);
  if (directory !== undefined) return explained(verifyDirectory(directory, demands), demands);
  if (statSync(path).isDirectory()) throw new WatchbookError("EVIDENCE-NONE", { path });
  const isReport = /\.(?:md|markdown)$/i.test(path);
  const found = isReport ? verifyReport(path, demands, frameOf).whole : verifyEnvFile(path, demands);
  return explained((isNeither(path, found) ? verifyDigest(path, demands) : undefined) ?? found, demands);
}

/** Reasons that say of a file that it claims nothing itself, not that a claim of its own is false. */
const NO_CLAIM = new Set(["report-names-none", "env-line", "env-control", "not-utf8"]);

/** Neither a report nor KEY=VALUE: it may be a file that a run made and knows by its digest. */
const isNeither = (path: string, { verdict, reasons }: Verification): boolean =>
  verdict === "refused" && !path.endsWith(".env") && reasons.every(({ code }) => NO_CLAIM.has(code));

/** The evidence directory that is meant by itself or by one of its files. */
function evidenceDirectory(path: string): string | undefined {
  if (statSync(path).isDirectory()) return isEvidence(path) ? path : undefined;
  const files: readonly string[] = Object.values(FILES);
  return files.includes(basename(path)) && isEvidence(dirname(path)) ? dirname(path) : undefined;
}

/** A stranger's signature where nobody is trusted: says that first. */
function explained(verification: Verification, { trust }: Demands): Verification {
  if (verification.verdict !== "refused" || trust.signers.length > 0 || !trust.note) return verification;
  return { ...verification, reasons: [trust.note, ...verification.reasons] };
}
