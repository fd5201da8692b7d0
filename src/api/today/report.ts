import { createHash } from "node:crypto";
import { lstat, readFile, realpath } from "node:fs/promises";
import type { Context } from "hono";
import { published } from "../../engine/inspect.ts";
import { previousRun } from "../../engine/inspect/publish.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";
import { STYLE } from "../../report/inspection/style.ts";
import { renderHtml, reportView, verifyLine, type Proof } from "../../report/inspection/index.ts";
import type { Api, Env, Parts } from "../front.ts";

/** Bytes of a report that is shown as it lies there; ours are some ten thousand. */
const LARGEST = 4 * 1024 * 1024;

/** The page's own style and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Where a run's report is read. */
export const reportPath = (run: string): string => `/reports/${encodeURIComponent(run)}`;

/**
 * Reports, read-only: `/reports/RUN` is the page of all runs of its duty and period, made from what is recorded;
 * `/reports/RUN/markdown` is the file as it lies there. Only the run is named in the address, never a path.
 */
export function reportRoutes(app: Api, parts: Parts): void {
  app.get("/reports/:run", async (c) => {
    return c.html(await pageOf(parts, c, c.req.param("run")), 200, {
      "content-security-policy": POLICY,
    });
  });
  app.get("/reports/:run/markdown", async (c) => {
    const text = await fileOf(parts, c.req.param("run"));
    return c.body(text, 200, { "content-type": "text/plain; charset=utf-8" });
  });
}

async function runOf({ daemon }: Parts, id: string): Promise<Inspection> {
  const run = await daemon.house.store.inspection(id);
  if (run === undefined) throw new WatchbookError("INSPECTION-UNKNOWN", { id });
  return run;
}

async function pageOf(parts: Parts, c: Context<Env>, id: string): Promise<string> {
  const { store, data } = parts.daemon.house;
  const { book, root } = parts.daemon.book().open;
  const run = await runOf(parts, id);
  const ids = (await store.duty(run.duty, run.period))?.runs ?? [id];
  const runs = (await Promise.all(ids.map((one) => store.inspection(one)))).filter((one) => one !== undefined);
  const proofs = new Map<string, Proof>();
  for (const { id: one } of runs) {
    const { evidence } = await published(store, one);
    if (evidence) proofs.set(one, { place: evidence, verify: verifyLine(evidence.directory, { root, data }) });
  }
  const view = reportView(book, runs, await previousRun(store, run), (one) => proofs.get(one));
  return renderHtml(view, c.get("lang"));
}

/** The report's Markdown; a link, a device or something huge in its place is not followed. */
async function fileOf(parts: Parts, id: string): Promise<string> {
  const { report: path } = await published(parts.daemon.house.store, (await runOf(parts, id)).id);
  const absent = (): WatchbookError => new WatchbookError("REPORT-ABSENT", { id, path: path ?? "" });
  if (path === undefined) throw absent();
  try {
    const found = await lstat(path);
    const roots = [parts.daemon.book().open.root, parts.daemon.house.data];
    const inside = await Promise.all(roots.map(async (root) => `${await realpath(root)}/`));
    const real = await realpath(path);
    if (!found.isFile() || found.size > LARGEST || !inside.some((root) => real.startsWith(root))) throw absent();
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw absent();
    throw error;
  }
}
