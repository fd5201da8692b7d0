import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A deterministic source of numbers (mulberry32), so that every run meets the same files. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  "service queue replica gateway primary standby restart check the latency of a node before you drain it then look at disk usage and the error rate on every shard because traffic may move while certificates renew".split(
    " ",
  );
const COMMANDS = [
  "systemctl status gateway",
  "kubectl get pods -n <namespace>",
  "journalctl -u gateway -n 200",
  "df -h",
  "curl -fsS http://127.0.0.1:8080/health",
  "sudo systemctl restart gateway",
  "psql -c 'select count(*) from jobs'",
  "tail -f /var/log/gateway/error.log",
];

/** Writes `count` manual pages of about 5 KB each, linked with each other, with tables, fences and lists. */
export function writeCorpus(folder: string, count: number): void {
  const next = numbers(20261120);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const sentence = (): string => `${Array.from({ length: 8 + Math.floor(next() * 14) }, () => pick(WORDS)).join(" ")}.`;
  const paragraph = (): string => Array.from({ length: 3 + Math.floor(next() * 4) }, sentence).join(" ");
  for (let index = 0; index < count; index++) {
    const area = join(folder, `area-${index % 15}`);
    mkdirSync(area, { recursive: true });
    const part = (title: string): string[] => [`## ${title}`, "", paragraph(), ""];
    const fence = (): string[] => ["```bash", `# ${sentence()}`, pick(COMMANDS), pick(COMMANDS), "```", ""];
    const links = Array.from({ length: 4 }, () => {
      const to = Math.floor(next() * count);
      return `- [page ${to}](../area-${to % 15}/page-${to}.md#diagnosis)`;
    });
    const lines = [
      `# Runbook ${index}`,
      "",
      paragraph(),
      "",
      ...part("Meaning"),
      ...part("Impact"),
      ...part("Diagnosis"),
      ...fence(),
      "1. " + sentence(),
      "2. " + sentence(),
      "",
      ...part("Mitigation"),
      ...fence(),
      "| metric | normal | warning | critical |",
      "| --- | --- | --- | --- |",
      `| CPU usage | < 50% | ${60 + (index % 20)}% | 95% |`,
      "",
      ...part("Related"),
      ...links,
      "",
    ];
    writeFileSync(join(area, `page-${index}.md`), lines.join("\n"));
  }
  const entry = Array.from(
    { length: count },
    (_, index) => `- [Runbook ${index}](area-${index % 15}/page-${index}.md)`,
  );
  writeFileSync(join(folder, "README.md"), ["# Manual", "", ...entry, ""].join("\n"));
}
