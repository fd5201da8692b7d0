import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { writeTogether } from "../../report/disk.ts";
import { sloReport, type SloFile } from "../../report/slo/judge.ts";
import { healthPage, resultPage, shortText } from "../../report/slo/markdown.ts";
import { readEvents, readProbes, type Lines } from "../../report/slo/read.ts";
import type { SloReport } from "../../report/slo/schema.ts";
import type { Call } from "../verb.ts";

const INPUTS = ["fault-events-file", "probe-log-file"] as const;
const OUTPUTS = ["output-file", "health-json-file", "health-markdown-file"] as const;
type Option = (typeof INPUTS)[number] | (typeof OUTPUTS)[number];

/** More would not fit into a string beside what is made of it. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Seconds that 99 % of the recoveries must stay below, unless asked otherwise. */
const TARGET = 10;

/** The file that a path leads to, also where it is not there yet. */
function fileAt(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(fileAt(dirname(path)), basename(path));
}

/** Absolute paths by option; a path stands for one thing. Throws SLO-MISSING, SLO-SAME-FILE, OUTPUT-NOT-WRITTEN. */
function pathsOf({ values, world }: Call): ReadonlyMap<Option, string> {
  const paths = new Map<Option, string>();
  for (const option of [...INPUTS, ...OUTPUTS]) {
    const given = values[option];
    if (typeof given !== "string" || given === "") {
      if (given === "" || INPUTS.some((one) => one === option)) throw new WatchbookError("SLO-MISSING", { option });
      continue;
    }
    const path = fileAt(resolve(world.cwd, given));
    const isOutput = OUTPUTS.some((one) => one === option);
    if (isOutput && statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new WatchbookError("OUTPUT-NOT-WRITTEN", { path, detail: "EISDIR" });
    const other = [...paths].find(([, known]) => known === path)?.[0];
    if (other) throw new WatchbookError("SLO-SAME-FILE", { path, option, other });
    paths.set(option, path);
  }
  return paths;
}

function targetOf({ values }: Call): number {
  const value = values["max-p99-seconds"];
  if (value === undefined) return TARGET;
  if (typeof value === "string" && /^\d{1,6}(?:\.\d{1,3})?$/.test(value) && Number(value) > 0) return Number(value);
  throw new WatchbookError("SLO-OPTION", { option: "max-p99-seconds", value: String(value) });
}

/** A whole file with its digest. Throws FILE-NOT-FOUND, SLO-FILE. */
function fileOf<T>(path: string, read: (text: string, file: string) => Lines<T>): SloFile<T> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new WatchbookError("FILE-NOT-FOUND", { path });
  const problem = problemOf(found);
  if (problem !== undefined) throw new WatchbookError("SLO-FILE", { path, problem });
  const bytes = contentOf(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: basename(path), sha256, lines: read(textOf(bytes, path), path) };
}

function problemOf(found: Stats): string | undefined {
  if (found.isDirectory()) return "EISDIR";
  if (!found.isFile()) return "slo:type";
  return found.size > MOST_BYTES ? "slo:size" : undefined;
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new WatchbookError("SLO-FILE", { path, problem: code });
  }
}

/** A tail that was cut within a character is a torn line; bytes that are no text anywhere else are refused. */
function textOf(bytes: Buffer, path: string): string {
  const end = bytes.lastIndexOf(10) + 1;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end)) + bytes.toString("utf8", end);
  } catch {
    throw new WatchbookError("SLO-FILE", { path, problem: "slo:utf8" });
  }
}

/** Texts of the files that were asked for: all of them from the one report. */
function filesOf(
  paths: ReadonlyMap<Option, string>,
  report: SloReport,
  call: Call,
): readonly (readonly [string, string])[] {
  const content = {
    "output-file": () => resultPage(report, call.lang),
    "health-json-file": () => `${JSON.stringify(report, null, 2)}\n`,
    "health-markdown-file": () => healthPage(report, call.lang),
  } as const;
  return OUTPUTS.flatMap((option) => {
    const path = paths.get(option);
    return path === undefined ? [] : [[path, content[option]()] as const];
  });
}

/** `slo report`: everything is read and judged before anything is written. */
export async function report(call: Call): Promise<Exit> {
  const paths = pathsOf(call);
  const target = targetOf(call);
  const made = sloReport({
    events: fileOf(paths.get("fault-events-file")!, readEvents),
    probes: fileOf(paths.get("probe-log-file")!, readProbes),
    target,
  });
  const files = filesOf(paths, made, call);
  await writeTogether(files);
  const { stdout, stderr } = call.world;
  for (const [path] of files) stderr.write(`${format(texts(call.lang).slo.said.written, { path })}\n`);
  stdout.write(call.json ? `${JSON.stringify(made, null, 2)}\n` : shortText(made, call.lang));
  return made.verdict === "pass" ? EXIT.ok : EXIT.failed;
}
