import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { filesOf, readWal } from "../node/wal.ts";
import { FIRST, record } from "../node/wal/record.ts";
import { pidOf } from "../site/process.ts";

const folderOf = (site: string): string => join(site, "wal");

/** What the log of a site holds, looked at from outside; changes nothing. Throws as `readWal`. */
export function lookAtWal(site: string): { readonly records: number; readonly bytes: number; readonly torn: number } {
  const { orders, bytes, torn } = readWal(folderOf(site));
  return { records: orders.length, bytes, torn };
}

const mustRest = (site: string): void => {
  const pid = pidOf(site, "gateway");
  if (pid !== undefined) throw new Failure("gateway-runs", { pid });
};

/**
 * Takes a record away and writes what is behind it anew, so that nothing in the log shows it: only whoever kept the ids that
 * were acknowledged can tell. Throws Failure order-unknown.
 */
export function dropFromWal(site: string, id: string): object {
  mustRest(site);
  const files = filesOf(folderOf(site));
  const ids = readWal(folderOf(site)).orders.map((order) => order.id);
  if (!ids.includes(id)) throw new Failure("order-unknown", { id }, 2);
  let sum = FIRST;
  const lines = ids
    .filter((one) => one !== id)
    .map((one, index) => {
      const next = record({ n: index + 1, id: one }, sum);
      sum = next.sum;
      return next.line;
    });
  writeFileSync(files.log, lines.join(""));
  rmSync(files.mark);
  return { dropped: id, left: lines.length };
}

/** Writes half a record behind the last one: what a kill in the middle of a write leaves. */
export function tearEnd(site: string): object {
  mustRest(site);
  const folder = folderOf(site);
  const { orders, sums } = readWal(folder);
  const { line } = record({ n: orders.length + 1, id: "torn" }, sums.at(-1) ?? FIRST);
  const half = line.slice(0, line.length / 2);
  appendFileSync(filesOf(folder).log, half);
  return { torn: half.length };
}
