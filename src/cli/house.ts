import { readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { isAbsolute, join } from "node:path";
import type { House } from "../engine/house.ts";
import type { DrillCache } from "../evidence/drills.ts";
import { evidenceFolder } from "../evidence/folder.ts";
import { recordEvidence } from "../evidence/record.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { evidencePage, makeReportWriter } from "../report/inspection/index.ts";
import { incidentPage } from "../report/incident/review.ts";
import { noticeOf } from "../report/notice/notice.ts";
import { ownNotice } from "../report/notice/own.ts";
import { runPage } from "../report/run/page.ts";
import type { Store } from "../store/store.ts";
import { believed, demandsOf } from "./proofs.ts";
import type { World } from "./verb.ts";

/** The house of a process that owns `data` (absolute) and has its store open. */
export async function makeHouse(
  world: Pick<World, "clock" | "env" | "version" | "registry">,
  data: string,
  store: Store,
): Promise<House> {
  const { clock, version } = world;
  const host = hostname();
  const looked: DrillCache = { opened: new Map(), found: new Map() };
  return {
    registry: await world.registry(),
    clock,
    store,
    data,
    host,
    version,
    secret: (reference) => secretOf(world, reference),
    record: (open, input) => {
      const { book, root, commit = null, dirty } = open;
      const origin = { host, version, book: { digest: book.digest, commit, dirty } };
      const folder = evidenceFolder({ config: book.config, root, data });
      return recordEvidence({ root: folder, keys: join(data, "keys"), origin, clock }, input);
    },
    verify: (root, directory, demand) => believed({ root, data, now: clock.wall() }, directory, demand, looked.opened),
    sets: async ({ book, root }, backup, signal) =>
      (await import("./backup/seen.ts")).setsOf({ book: root, world: { ...world, signal } }, book, backup),
    drills: async ({ book, root }) => {
      const place = { config: book.config, root, data, now: clock.wall(), zone: book.zone };
      const [{ drillsOf }, demands] = await Promise.all([import("../evidence/drills.ts"), demandsOf(place)]);
      return drillsOf(evidenceFolder(place), demands, looked);
    },
    report: makeReportWriter(data),
    notice: noticeOf,
    own: (open, said) => ownNotice(open, said, { host, now: clock.wall() }),
    page: evidencePage,
    incidentPage: ({ book: { zone } }, incident, runs) => incidentPage({ incident, runs, zone }),
    runPage: ({ book: { lang, zone } }, run) => runPage(run, { lang, zone }),
  };
}

/** A secret is a line; what is longer (a device, a log) is something else, bytes. */
const SECRET_BYTES = 65_536;

/**
 * The value of `env:NAME` or `file:/path` (absolute: a relative one would be another file for the daemon), without its
 * last newline. Throws WatchbookError SECRET-MISSING.
 */
export async function secretOf(world: Pick<World, "env">, reference: string): Promise<string> {
  const missing = (cause?: unknown): WatchbookError =>
    new WatchbookError("SECRET-MISSING", { reference }, { exit: EXIT.input, cause });
  if (reference.startsWith("env:")) {
    const value = world.env[reference.slice("env:".length)];
    if (value === undefined || value === "") throw missing();
    return value;
  }
  const path = reference.startsWith("file:") ? reference.slice("file:".length) : "";
  if (!isAbsolute(path)) throw missing();
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > SECRET_BYTES) throw missing();
    return (await readFile(path, "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    throw error instanceof WatchbookError ? error : missing(error);
  }
}
