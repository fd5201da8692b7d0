// The gateway example in a work directory of its own: real processes on ports that nobody else has.
import { globSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { TestContext } from "node:test";
import { runs } from "./processes.ts";
import { called, home, start, type Ended } from "./wb.ts";

export const example = join(home, "examples", "gateway");

export interface GatewaySite {
  /** The work directory. */
  readonly dir: string;
  readonly book: string;
  /** `gateway --site sites/SITE WORDS`. */
  gateway(site: string, ...words: readonly string[]): Promise<Ended>;
  /** `watchbook WORDS --book …`, standing in the work directory. */
  wb(...words: readonly string[]): Promise<Ended>;
  /** `run RUNBOOK --env ENV --json WORDS`, and what it said. */
  run(runbook: string, env: string, ...words: readonly string[]): Promise<RunSaid>;
  /** `evidence verify FILE WORDS --json`: its exit code, the verdict, and the codes of its reasons. */
  verify(file: string, ...words: readonly string[]): Promise<Verified>;
  /** What `gateway status` of a site says. */
  status(site: string): Promise<Readonly<Record<string, unknown>>>;
  /** Keys of a file below docs/results. */
  env(name: string): ReadonlyMap<string, string>;
  /** Every file that is not watchbook's own, nor the log of what a gateway sees of its front, by path: size and content's text, or where a link leads. */
  files(): ReadonlyMap<string, string>;
  /** Pids of all gateways and fronts that run. */
  pids(): readonly number[];
}

export interface Verified {
  readonly code: number | null;
  readonly verdict: string;
  readonly codes: readonly string[];
}

export interface RunSaid extends Ended {
  readonly state: string;
  readonly verdict: string;
  readonly evidence: string;
  /** State of each step by its id and target. */
  readonly steps: Readonly<Record<string, string>>;
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, "127.0.0.1");
  const opened = once(server, "listening").then(
    () => true,
    () => false,
  );
  if (!(await opened)) return false;
  server.close();
  await once(server, "close");
  return true;
};

const BAND = 30;
/** Below the ports that the kernel gives out by itself, away from those of the other example. */
const [LOWEST, BANDS] = [28_100, 150];

async function freeBand(): Promise<number> {
  for (let turn = 0; turn < BANDS; turn++) {
    const from = LOWEST + ((process.pid + turn) % BANDS) * BAND;
    const free = await Promise.all(Array.from({ length: BAND }, (_, at) => isFree(from + at)));
    if (free.every(Boolean)) return from;
  }
  throw new Error("no free ports");
}

/** Pids of the processes of a work directory: its command lines name it. */
const pidsOf = (dir: string): readonly number[] =>
  globSync(join(dir, "sites", "*", "*.pid"))
    .map((file) => Number(readFileSync(file, "utf8")))
    .filter((pid) => runs(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(dir));

/** What a gateway that runs tells of its front, whether or not anything is done to it. */
const PROBES = "/runtime/reconnect_probe.log";

function filesOf(dir: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path);
    if (name.split("/").includes(".watchbook") || name.endsWith(PROBES)) continue;
    if (entry.isSymbolicLink()) found.set(name, `→ ${readlinkSync(path)}`);
    else if (entry.isFile()) found.set(name, `${statSync(path).mtimeMs} ${readFileSync(path, "utf8")}`);
    else found.set(name, "folder");
  }
  return found;
}

const readEnv = (file: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );

/** Places the example; whatever runs of it is ended with the test. */
export async function gatewaySite(t: TestContext, lang: "en" | "zh" = "en"): Promise<GatewaySite> {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-gateway-"));
  t.after(() => {
    for (const pid of pidsOf(dir)) process.kill(pid, "SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  });
  const placed = await start(t, [join(example, "src", "place.ts"), "--dir", dir, "--from", String(await freeBand())])
    .ended;
  if (placed.code !== 0) throw new Error(placed.err);
  const book = join(dir, lang === "zh" ? "book" : "book-en");
  const call = (...words: readonly string[]): Promise<Ended> =>
    start(t, called([...words, "--book", book]), { cwd: dir }).ended;
  const gateway: GatewaySite["gateway"] = (site, ...words) =>
    start(t, [join(example, "src", "gateway.ts"), "--site", join(dir, "sites", site), ...words], { cwd: dir }).ended;
  return {
    dir,
    book,
    gateway,
    status: async (site) => JSON.parse((await gateway(site, "status")).out) as Record<string, unknown>,
    verify: async (file, ...words) => {
      const { code, out } = await call("evidence", "verify", file, ...words, "--json");
      const { verdict, reasons } = JSON.parse(out) as { verdict: string; reasons: { code: string }[] };
      return { code, verdict, codes: reasons.map((reason) => reason.code) };
    },
    wb: call,
    run: async (runbook, env, ...words) => {
      const ended = await call("run", runbook, "--env", env, "--execute", "--no-ask", "--json", ...words);
      if (!ended.out.startsWith("{")) throw new Error(`${ended.err}\n${ended.out}`);
      type Told = Pick<RunSaid, "state" | "verdict" | "evidence"> & {
        readonly steps: readonly { readonly id: string; readonly target: string; readonly state: string }[];
      };
      const { steps, ...said } = JSON.parse(ended.out) as Told;
      if (!steps) throw new Error(`${ended.err}\n${ended.out}`);
      return {
        ...ended,
        ...said,
        steps: Object.fromEntries(steps.map((step) => [`${step.id}@${step.target}`, step.state])),
      };
    },
    env: (name) => readEnv(join(dir, "docs", "results", name)),
    files: () => filesOf(dir),
    pids: () => pidsOf(dir).toSorted((a, b) => a - b),
  };
}

/** Status of the injected fault, as the evidence's keys have it; undefined where none was. */
export function faultIn(env: ReadonlyMap<string, string>): string | undefined {
  const found = [...env].find(([key, value]) => /^STEP_\d+_NAME$/.test(key) && value === "fault_injection");
  return found && env.get(found[0].replace(/_NAME$/, "_STATUS"));
}
