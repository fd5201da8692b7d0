// `npm run bench [-- --rounds N] [-- --manuals DIR]`: the budgets that exist so far, each beside its peer and its floor, in one run.
// Writes bench/RESULTS.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alertsTable } from "./alerts.ts";
import { backupTable } from "./backup.ts";
import { checksTable } from "./checks.ts";
import { commandTables } from "./commands.ts";
import { consoleTable } from "./console.ts";
import { evidenceTable } from "./evidence.ts";
import { failoverTable } from "./failover.ts";
import { ledgerTable } from "./ledger.ts";
import { writeCorpus } from "./corpus.ts";
import { race, tableOf } from "./measure.ts";
import { killTable } from "./kill.ts";
import { sshTables } from "./ssh.ts";
import { stepsTable } from "./steps.ts";
import { yearsTable } from "./years.ts";
import { which } from "../test/live/needs.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" }, manuals: { type: "string" } } });
const rounds = Number(values.rounds);
const root = join(import.meta.dirname, "..");
const node = process.execPath;
const work = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
const contenders = (folder: string) => [
  { name: "./wb lint (compile + lint)", command: [join(root, "wb"), "lint", folder], ends: [0, 2] },
  { name: "markdownlint 0.42, all rules", command: [node, join(root, "bench/peers/markdownlint.ts"), folder] },
  { name: "floor: markdown-it alone", command: [node, join(root, "bench/peers/parser.ts"), folder] },
  { name: "floor: node that does nothing", command: [node, "-e", "0"] },
];

try {
  const corpus = join(work, "corpus");
  writeCorpus(corpus, 450);
  const tables = [
    tableOf("Compile + lint, 450 generated files", race(contenders(corpus), rounds), "≤ 0.7 s CPU, whole process"),
    tableOf(
      "Compile + lint, the example's manual",
      race(contenders(values.manuals ?? join(root, "examples/silktalk/book")), rounds),
      "none",
    ),
    tableOf(
      "Launcher",
      race(
        [
          { name: "./wb --help", command: [join(root, "wb"), "--help"] },
          { name: "node src/main.ts --help", command: [node, join(root, "src/main.ts"), "--help"] },
          { name: "floor: node that does nothing", command: [node, "-e", "0"] },
        ],
        rounds,
      ),
      "./wb --help ≤ 0.4 s CPU; the launcher adds ≤ 0.1 s",
    ),
    stepsTable(rounds, 1000),
    await killTable(20),
    await commandTables(rounds),
    await evidenceTable(rounds),
    await yearsTable(10_000, 500),
    await checksTable([500, 2_000], 30),
    await alertsTable(30),
    which("chromium") ? await consoleTable(9) : "Console: not measured, no Chromium here.\n",
    which("postgres") ? await failoverTable(3) : "Failover: not measured, no PostgreSQL here.\n",
    which("postgres") ? await ledgerTable(3) : "Ledger: not measured, no PostgreSQL here.\n",
    which("pgbackrest") && which("postgres")
      ? await backupTable(3, 150)
      : "Backup: not measured, no PostgreSQL or pgBackRest here.\n",
    which("sshd") ? await sshTables([1, 10, 50, 200], 3) : "Inspection over SSH: not measured, no sshd here.\n",
  ];
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const head = [
    "# Measured",
    "",
    `\`npm run bench\` of watchbook ${version}, Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, ${rounds} rounds in turns.`,
    "Where nothing else is said: CPU seconds (user + system) of whole processes; read ratios, not absolute times.",
    "",
  ];
  const text = [...head, ...tables].join("\n");
  writeFileSync(join(root, "bench/RESULTS.md"), text);
  process.stdout.write(text);
} finally {
  rmSync(work, { recursive: true, force: true });
}
