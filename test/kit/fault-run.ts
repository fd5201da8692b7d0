// A server that a fault hits, and a book with a runbook whose one step looks at it meanwhile.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { folder } from "./folder.ts";
import { writeTo } from "./planning.ts";
import { until } from "./until.ts";
import { called, start, wb, type Ended, type Started } from "./wb.ts";

/** A web server of its own that says its port and pid in files of this folder; a step of a runbook looks at it. */
const SERVER = `
const { writeFileSync } = require("node:fs");
const server = require("node:http").createServer((_, answer) => answer.end("well"));
server.listen(0, "127.0.0.1", () => {
  writeFileSync("port", String(server.address().port));
  writeFileSync("victim.pid", String(process.pid));
});`;

/** One server, one runbook, one fault. */
export interface Setting {
  readonly dir: string;
  /** Process state (proc(5)) of the server; undefined when it is gone. */
  readonly state: () => string | undefined;
  readonly run: (...more: readonly string[]) => Ended | Promise<Ended>;
  readonly begin: (...more: readonly string[]) => Started;
  /** The evidence as its KEY=VALUE file has it. */
  readonly values: () => ReadonlyMap<string, string>;
  readonly env: string;
  readonly book: string;
}

/**
 * A server that runs, and a book with a runbook whose one step is `script`, hit by `fault` before it. `reached`: what
 * stands of the target besides its environment; default: this machine.
 */
export async function setting(
  t: TestContext,
  script: string,
  fault: (dir: string, port: number) => string,
  reached: (dir: string) => string = () => "kind: local, directory: ..",
): Promise<Setting> {
  const dir = folder(t);
  const victim = spawn(process.execPath, ["-e", SERVER], { cwd: dir, stdio: "ignore" });
  t.after(() => victim.kill("SIGKILL"));
  await until(() => existsSync(join(dir, "victim.pid")));
  const port = Number(readFileSync(join(dir, "port"), "utf8"));
  const book = join(dir, "book");
  const step = script.replaceAll("\n", "\n   ");
  writeTo(book, {
    "README.md": `# Manual\n\n## SOP-01 Deploy a new version\n\n1. Switch\n\n   \`\`\`bash {"name":"switch","wb-risk":"write"}\n   ${step}\n   \`\`\`\n`,
    "watchbook.yaml": `lang: en
zone: UTC
services: { web: { title: Web, environments: [test], automation: auto } }
environments: { test: { name: Test } }
targets:
  here: { ${reached(dir)}, environment: test, env: { WATCHBOOK_STATE: "${dir}/receipts" } }
runbooks:
  SOP-01:
    faults:
      hit: ${fault(dir, port)}
`,
  });
  const env = join(dir, "result.env");
  const words = ["run", "SOP-01", "--env", "test", "--inject-fault", "switch", "--execute", "--no-ask", "--book", book];
  return {
    dir,
    book,
    env,
    state: () => {
      try {
        return readFileSync(`/proc/${victim.pid}/stat`, "utf8").replace(/.*\) /s, "")[0];
      } catch {
        return undefined;
      }
    },
    run: (...more) => wb(t, ...words, "--output-file", env, ...more),
    begin: (...more) => start(t, called([...words, ...more])),
    values: () =>
      new Map(
        readFileSync(env, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
      ),
  };
}

/** What the step says it saw while the fault was there. */
export const SEE =
  'if curl --silent --max-time 2 "http://127.0.0.1:$(cat port)/"; then echo well >seen; else echo hit >seen; fi';

/** What the step wrote down. */
export const seen = ({ dir }: Setting): string => readFileSync(join(dir, "seen"), "utf8").trim();

/** What the server answers. */
export const answers = ({ dir }: Setting): Promise<string> =>
  fetch(`http://127.0.0.1:${readFileSync(join(dir, "port"), "utf8")}/`).then((response) => response.text());

/** The step literally named so, and that it ended well. */
export function injected({ values }: Setting): string | undefined {
  const found = [...values()].find(([key, value]) => /^STEP_\d+_NAME$/.test(key) && value === "fault_injection");
  return found && values().get(found[0].replace(/_NAME$/, "_STATUS"));
}
