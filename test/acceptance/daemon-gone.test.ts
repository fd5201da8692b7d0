// A daemon that dies while somebody waits for it: it is said that it ended, and the same command goes on with the record.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { begin, cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/wb.ts";

/** A check that tells its process and takes a minute, until there is a file that lets it go at once. */
const SLOW = "if [ -e go ]; then exit 0; fi; echo $$ >began.new; mv began.new began; exec sleep 60";
const config = (title: string, item: string): string =>
  JSON.stringify({
    title,
    zone: "UTC",
    checks: { slow: { kind: "command", timeout: "90s", params: { argv: ["sh", "-c", SLOW] }, items: [item] } },
  });

function book(t: TestContext, heading: string, item: string): string {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), `# Beacon\n\n## ${heading}\n\n- [ ] ${item}\n`);
  writeFileSync(join(root, "watchbook.yaml"), config("Beacon", item));
  return root;
}

function endOf(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
  }
}

for (const [lang, heading, said, next] of [
  [
    "en",
    "Pre-upgrade checklist",
    /The daemon of \S+ \(process \d+\) ended before it had answered/,
    /the same command again/,
  ],
  ["zh", "升级前检查清单", /守护进程（进程号 \d+）没有回答就退出了/, /同一条命令再执行一次/],
] as const)
  test(`a daemon killed while it inspects: the verb says that it ended, and inspects itself when given again (${lang})`, async (t) => {
    const root = book(t, heading, lang === "en" ? "The lamp is lit" : "灯亮着");
    const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
    await until("an address", 30, () => daemon.said.err.includes("http://"));
    const asked = begin(t, ["inspect", "--period", "v2.1", "--lang", lang], root);
    await until("the slow check", 30, () => existsSync(join(root, "began")));
    const check = Number(readFileSync(join(root, "began"), "utf8"));
    t.after(() => endOf(check));
    daemon.child.kill("SIGKILL");
    const { code, err } = await asked.ended;
    assert.equal(code, 4, err);
    assert.match(err, said);
    assert.match(err, next);
    assert.doesNotMatch(err, /\bkill \d+|\bat .*:\d+:\d+/);

    writeFileSync(join(root, "go"), "");
    const again = await cli(t, ["inspect", "--period", "v2.1", "--json", "--lang", lang], root);
    assert.equal(again.code, 0, again.err);
    const { runs } = JSON.parse(readFileSync(JSON.parse(again.out).report.replace(/md$/, "json"), "utf8"));
    assert.deepEqual(
      runs.map(({ interrupted = false, verdict }: { interrupted?: boolean; verdict: string }) => [
        interrupted,
        verdict,
      ]),
      [
        [true, "inconclusive"],
        [false, "pass"],
      ],
    );
  });

test("a daemon that is there and does not answer is not said to have ended", async (t) => {
  const root = book(t, "Pre-upgrade checklist", "The lamp is lit");
  writeFileSync(join(root, "go"), "");
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  daemon.child.kill("SIGSTOP");
  const { code, err } = await cli(t, ["status", "--lang", "en"], root);
  daemon.child.kill("SIGCONT");
  assert.equal(code, 4, err);
  assert.match(err, /does not answer on its socket/);
});
