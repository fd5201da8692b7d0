// What a drill's ledger costs the load that it counts: rows that a PostgreSQL confirms in the same time, each noted before it is sent
// and when it is confirmed, and on disk soon after; beside the same writers that note nothing. `node bench/ledger.ts [--rounds N]`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writerOf } from "../src/kinds/clusters/postgres/writer.ts";
import { FILES, Load } from "../src/kinds/load/load.ts";
import { Notes } from "../src/kinds/load/notes.ts";
import { systemClock } from "../src/model/time.ts";
import { cluster } from "../test/live/cluster.ts";
import { postgresPrograms } from "../test/live/databases.ts";

const CONNECTIONS = 4;
const SECONDS = 4;

type Ending = (work: () => void | Promise<void>) => void;
type Notebook = Pick<Notes, "note" | "close">;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Writers of one server. Gives the rows a second that they had confirmed, `rate` of them at most. */
async function writersOf(ending: Ending) {
  const server = await cluster(ending, { fsync: "on" });
  const address = { host: join(server.room, "s"), port: 5432, user: "ops", database: "postgres" };
  const writer = writerOf({ address, programs: postgresPrograms()! } as Parameters<typeof writerOf>[0])!;
  const env = { ...writer.env, PGPASSWORD: await server.secret("ops"), PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
  let count = 0;
  return async (isNoted: boolean, rate: number): Promise<number> => {
    const folder = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
    const table = `load_${(count += 1)}`;
    writeFileSync(join(folder, FILES.ledger), "");
    const book: Notebook = isNoted
      ? new Notes(join(folder, FILES.ledger), systemClock)
      : { note: () => 0n, close: () => {} };
    let [acked, first, last] = [0, 0n, 0n];
    const note: Notebook["note"] = (before, after) => {
      if (before.startsWith("a ")) {
        acked += 1;
        last = systemClock.monotonic();
        first ||= last;
      }
      return book.note(before, after);
    };
    const given = { folder, writer: { ...writer, env }, table, rate, connections: CONNECTIONS, limit: 60 };
    const run = new Load(given, systemClock, { note, close: () => book.close() }).run();
    await systemClock.sleep(SECONDS * 1_000);
    writeFileSync(join(folder, FILES.stop), "");
    writeFileSync(join(folder, FILES.end), "");
    await run;
    rmSync(folder, { recursive: true });
    return (acked - 1) / (Number(last - first) / 1e9);
  };
}

/** Rows a second, in turns. */
export async function ledgerTable(rounds: number): Promise<string> {
  const endings: (() => void | Promise<void>)[] = [];
  try {
    const rowsASecond = await writersOf((work) => void endings.unshift(work));
    const ways = [
      { name: "as fast as it goes", rate: 1_000_000 },
      { name: "200 rows a second", rate: 200 },
    ];
    const rows: string[] = [];
    for (const { name, rate } of ways) {
      const took = { noted: [] as number[], not: [] as number[] };
      for (let round = 0; round <= rounds; round++) {
        const [noted, not] = [await rowsASecond(true, rate), await rowsASecond(false, rate)];
        if (round === 0) continue;
        took.noted.push(noted);
        took.not.push(not);
      }
      const [noted, not] = [median(took.noted), median(took.not)];
      rows.push(`| ${name} | ${noted.toFixed(0)} | ${not.toFixed(0)} | ${((1 - noted / not) * 100).toFixed(1)} % |`);
    }
    return [
      `### The ledger of a drill, ${CONNECTIONS} connections, a PostgreSQL that syncs`,
      "",
      `Budget: ≤ 5 % of the load (${rounds} rounds of ${SECONDS} s in turns, load ${loadavg()[0]!.toFixed(1)})`,
      "",
      "| load | rows/s confirmed, noted | rows/s, not noted | costs |",
      "| --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n");
  } finally {
    for (const end of endings) await end();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
  process.stdout.write(await ledgerTable(Number(values.rounds)));
}
