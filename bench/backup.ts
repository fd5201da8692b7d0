// A PostgreSQL backed up and restored to writable, beside the tools that are driven and a raw copy:
// `node bench/backup.ts [--rounds N] [--mb N] [--only NAME]`. Wall seconds; all take turns on one server of our own.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { TestContext } from "node:test";
import { backupBench, type Bench } from "../test/kit/backup.ts";
import { until } from "../test/kit/until.ts";
import { asServer, cluster, type Cluster } from "../test/live/cluster.ts";
import { postgresPrograms } from "../test/live/databases.ts";
import { withRepository, type Rest } from "../test/live/pgbackrest.ts";

interface Way {
  readonly name: string;
  backup(): Promise<void> | void;
  /** Seconds until a write was taken. */
  restore(): Promise<number>;
}

const seconds = async (work: () => Promise<void> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A statement to a server behind a socket of its own. */
const ask = (socket: string, statement: string, port = "5432"): void =>
  void asServer(["psql", "-XAtq", "-h", socket, "-p", port, "-U", "ops", "-d", "postgres", "-c", statement], {
    PGPASSWORD: "pg-pass word",
  });

/** Starts a data folder until it takes a write, without an archive and without a port; then ends it and removes it. */
async function written(server: Rest, data: string): Promise<void> {
  const bin = postgresPrograms()!;
  const socket = join(server.room, "s2");
  mkdirSync(socket, { recursive: true });
  chmodSync(socket, 0o777);
  const options = `-c archive_mode=off -c listen_addresses= -c unix_socket_directories=${socket} -c fsync=off`;
  asServer([join(bin, "pg_ctl"), "-D", data, "-w", "-s", "-l", join(server.room, "log2"), "-o", options, "start"]);
  // It answers before its recovery has ended; then it takes no write yet.
  await until(() => {
    try {
      ask(socket, "CREATE TABLE written_now AS SELECT 1");
      return true;
    } catch {
      return false;
    }
  });
}

function ended(data: string): void {
  asServer([join(postgresPrograms()!, "pg_ctl"), "-D", data, "-m", "immediate", "-s", "stop"]);
  rmSync(data, { recursive: true, force: true });
}

/** Ours, by the steps that a run of the backup's runbook has; until what was restored took a write. */
function ours(name: string, bench: Bench): Way {
  const must = (what: string, { end, args }: { readonly end: string; readonly args?: unknown }): void => {
    if (end !== "ok") throw new Error(`${name} ${what}: ${end} ${JSON.stringify(args)}`);
  };
  return {
    name,
    backup: async () => must("backup", await bench.take()),
    restore: async () => {
      const start = performance.now();
      let took = 0;
      const end = await bench.restore({}, ({ outputs }) => {
        ask(outputs["DB_HOST"]!, "CREATE TABLE written_now AS SELECT 1", outputs["DB_PORT"]);
        took = (performance.now() - start) / 1000;
      });
      must("restore", end);
      return took;
    },
  };
}

function tool(name: string, server: Rest, data: string, backup: () => void, copy: () => void): Way {
  return {
    name,
    backup,
    restore: async () => {
      const took = await seconds(async () => {
        copy();
        await written(server, data);
      });
      ended(data);
      return took;
    },
  };
}

async function ways(t: TestContext, simple: Cluster, server: Rest): Promise<readonly Way[]> {
  const part = (kind: string, more: object = {}) =>
    backupBench(t, { parts: [{ id: "db", kind, with: { ...server.with, ...more } }], secret: server.secret });
  const plain = await backupBench(t, {
    parts: [{ id: "db", kind: "postgres", with: { ...simple.with, archive: simple.archive } }],
    secret: simple.secret,
  });
  const as = (argv: readonly string[]): string => asServer(argv, { PGPASSWORD: "pg-pass word" });
  const [base, raw, rested] = ["b3", "b4", "b5"].map((each) => join(server.room, each)) as [string, string, string];
  const copied = join(server.room, "raw");
  const programs = postgresPrograms()!;
  const socket = join(server.room, "s");
  return [
    ours("ours, kind postgres (pg_basebackup, every file's digest)", plain),
    tool(
      "pg_basebackup alone; cp of it, and the archive by hand",
      server,
      base,
      () => {
        rmSync(join(simple.room, "base"), { recursive: true, force: true });
        as([
          join(programs, "pg_basebackup"),
          "-h",
          join(simple.room, "s"),
          "-U",
          "ops",
          "-D",
          join(simple.room, "base"),
          "-c",
          "fast",
          "-X",
          "stream",
        ]);
      },
      () => {
        as(["cp", "-a", join(simple.room, "base"), base]);
        const fetch = `restore_command = 'cp "${simple.archive}/%f" %p'\n`;
        as(["sh", "-c", 'printf %s "$2" >>"$1/postgresql.auto.conf" && : >"$1/recovery.signal"', "sh", base, fetch]);
      },
    ),
    ours("ours, kind pgbackrest", await part("pgbackrest", { replay: false })),
    tool(
      "pgbackrest alone",
      server,
      rested,
      () => void server.rest("backup", "--type=full"),
      () => {
        mkdirSync(rested, { mode: 0o700 });
        execFileSync("chown", ["--reference", server.data, rested]);
        server.rest("restore", `--pg1-path=${rested}`, "--type=immediate", "--target-action=promote");
      },
    ),
    tool(
      "floor: raw copy of the folder",
      server,
      raw,
      () => {
        rmSync(copied, { recursive: true, force: true });
        ask(socket, "CHECKPOINT");
        as(["sh", "-c", `cp -a "$1" "$2"; rm -f "$2/postmaster.pid"`, "sh", server.data, copied]);
      },
      () => void as(["cp", "-a", copied, raw]),
    ),
  ];
}

/** Wall seconds of each way, in turns; with `only` those that are called so, and the floor. */
export async function backupTable(rounds: number, mb: number, only = ""): Promise<string> {
  const endings: (() => void | Promise<void>)[] = [];
  const ending = (work: () => void | Promise<void>): void => void endings.unshift(work);
  try {
    const [simple, server] = [await cluster(ending), await withRepository(ending)];
    for (const one of [simple, server])
      one.ask(
        `CREATE TABLE pad AS SELECT n, repeat(md5(n::text), 25) AS text FROM generate_series(1, ${mb * 1_150}) n`,
      );
    const every = await ways({ after: ending } as unknown as TestContext, simple, server);
    const all = every.filter(({ name }, n) => name.includes(only) || n === every.length - 1);
    const took = all.map(() => ({ backup: [] as number[], restore: [] as number[] }));
    for (let round = 0; round <= rounds; round++)
      for (const [n, way] of all.entries()) {
        const backup = await seconds(() => way.backup());
        const restore = await way.restore();
        if (round === 0) continue;
        took[n]!.backup.push(backup);
        took[n]!.restore.push(restore);
      }
    const floor = median(took.at(-1)!.restore);
    return [
      `### A PostgreSQL of ${mb} MB: set taken, and restored until it takes a write`,
      "",
      `Budget: restore ≤ 1.1 × the tool that is driven; the fastest ≤ 3 × the copy (${rounds} rounds in turns, load ${loadavg()[0]!.toFixed(1)})`,
      "",
      "| | backup s | restore s, median | min – max | ÷ raw copy |",
      "| --- | --- | --- | --- | --- |",
      ...all.map(({ name }, n) => {
        const { backup, restore } = took[n]!;
        const span = `${Math.min(...restore).toFixed(2)} – ${Math.max(...restore).toFixed(2)}`;
        return `| ${name} | ${median(backup).toFixed(2)} | ${median(restore).toFixed(2)} | ${span} | ${(median(restore) / floor).toFixed(2)} |`;
      }),
      "",
    ].join("\n");
  } finally {
    for (const end of endings) await end();
  }
}

if (import.meta.main) {
  const options = {
    rounds: { type: "string", default: "3" },
    mb: { type: "string", default: "150" },
    only: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  process.stdout.write(await backupTable(Number(values.rounds), Number(values.mb), values.only));
}
