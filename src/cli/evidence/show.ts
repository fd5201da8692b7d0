import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { isEvidence } from "../../evidence/directory.ts";
import { listEvidence, summaryOf, type Summary } from "../../evidence/list.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { columns } from "../../report/columns.ts";
import type { Call } from "../verb.ts";
import { placesOf, readText } from "./place.ts";

/** Listed all the same: what is there and cannot be read is not passed over. */
const UNREADABLE = { run: "?", kind: "?", title: "?", verdict: "unreadable", ended: "?", commit: null } as const;

/** `evidence show`: what is recorded, newest first; with a run or directory, its page. Shows, does not verify. */
export async function show(call: Call, given: string | undefined): Promise<Exit> {
  const { root } = placesOf(call);
  if (given !== undefined) return page(call, root, given);
  const all = listEvidence(root).map((directory) => shown(root, directory));
  if (call.json) call.world.stdout.write(`${JSON.stringify({ root, evidence: all }, null, 2)}\n`);
  else if (all.length === 0)
    call.world.stdout.write(`${format(texts(call.lang).evidence.said.none, { path: root })}\n`);
  else
    call.world.stdout.write(
      columns(
        all.map((one) => [one.ended, one.verdict, one.title, one.path]),
        "",
      ),
    );
  return EXIT.ok;
}

const shown = (root: string, directory: string): Summary =>
  summaryOf(root, directory) ?? { ...UNREADABLE, path: relative(root, directory), directory };

/** The directory that is meant: by its path, or by the id of its run. Throws FILE-NOT-FOUND. */
export function evidenceOf(call: Call, root: string, given: string): string {
  const path = resolve(call.world.cwd, given);
  if (existsSync(path) && isEvidence(path)) return path;
  const found = listEvidence(root).find((one) => summaryOf(root, one)?.run === given);
  if (found === undefined) throw new WatchbookError("FILE-NOT-FOUND", { path: given });
  return found;
}

function page(call: Call, root: string, given: string): Exit {
  const directory = evidenceOf(call, root, given);
  const summary = shown(root, directory);
  if (call.json)
    call.world.stdout.write(
      `${JSON.stringify({ ...summary, result: JSON.parse(readText(join(directory, "result.json"))) as unknown }, null, 2)}\n`,
    );
  else call.world.stdout.write(readText(join(directory, "result.md")));
  return EXIT.ok;
}
