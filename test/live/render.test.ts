// Deliverables before the tools that read them, and in the programs that run them.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folder } from "../kit/folder.ts";
import { freePorts } from "../kit/port.ts";
import { renderCalled, SHOP } from "../kit/render.ts";
import { until } from "../kit/until.ts";
import { needs, which } from "./needs.ts";

const TOOLS = ["promtool", "amtool", "prometheus-blackbox-exporter"] as const;

interface Said {
  readonly files: readonly { readonly path: string; readonly validated: string }[];
  readonly rules: readonly { readonly rule: string; readonly detectionSeconds: number }[];
  readonly validated: readonly {
    readonly argv: readonly string[];
    readonly result: string;
    readonly detail?: string;
  }[];
}

test("every tool takes its file, every rule fires and is over in its own test, alerts go where the book says [K-054 H-102]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const output = folder(t);
  const forward = "https://watchbook.example.org/hook";
  const { exit, said } = await renderCalled("all", {
    output,
    forward,
    json: true,
    prometheus: "2.42",
    "keep-firing": "5m",
  });
  const { validated, files } = JSON.parse(said) as Said;
  assert.deepEqual(
    validated.map(({ argv, result, detail = "" }) => `${argv[0]} ${result}${detail}`),
    [
      "promtool passed",
      "amtool passed",
      "prometheus-blackbox-exporter passed",
      "promtool passed",
      "promtool passed",
      "promtool passed",
      "promtool passed",
    ],
  );
  assert.equal(exit, 0);
  assert.deepEqual(
    files.filter(({ path, validated: by }) => by === "none" && !/provisioning|metrics\.md$/.test(path)),
    [],
  );
  const route = (...labels: readonly string[]): string =>
    spawnSync(
      "amtool",
      ["config", "routes", "test", `--config.file=${join(output, "alertmanager/alertmanager.yml")}`, ...labels],
      { encoding: "utf8" },
    ).stdout.trim();
  assert.deepEqual(
    [
      route("severity=P1"),
      route("severity=P2", "service=shop"),
      route("severity=P3"),
      route("alertname=watchbook.deadman"),
      route("severity=other"),
    ],
    ["severity P1", "severity P2", "severity P3", "watchbook", "watchbook"],
  );
});

test("vmalert takes the rules that are made for it", async (t) => {
  if (!needs(t, "vmalert")) return;
  const { exit, said } = await renderCalled("prometheus-rules", { output: folder(t), vmalert: "1.79" });
  assert.match(said, /passed +vmalert -dryRun/);
  assert.equal(exit, 0);
});

test("what a tool refuses is not written", async (t) => {
  if (!needs(t, "promtool")) return;
  const [book, output] = [folder(t), folder(t)];
  cpSync(SHOP, book, { recursive: true });
  const yaml = join(book, "watchbook.yaml");
  writeFileSync(
    yaml,
    readFileSync(yaml, "utf8").replace("query: sum(http_requests_total)", "query: sum(http_requests_total"),
  );
  const { exit, said } = await renderCalled("prometheus-rules", { output }, book);
  assert.equal(exit, 3);
  assert.match(said, /REFUSED {2}promtool check rules/);
  assert.ok(!existsSync(join(output, "prometheus")));
});

/** A page that is well until it is told otherwise, and everything that is posted to it. */
async function site(t: TestContext) {
  const state = {
    status: 200,
    posted: [] as {
      readonly status: string;
      readonly alerts: readonly { readonly labels: Record<string, string> }[];
    }[],
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method === "POST") state.posted.push(JSON.parse(body) as (typeof state.posted)[number]);
      response.writeHead(request.url === "/page" ? state.status : 200).end("Welcome");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function running(t: TestContext, program: string, ...words: readonly string[]): void {
  const child = spawn(which(program)!, words, { stdio: "ignore" });
  const ended = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
}

test("Prometheus, blackbox and Alertmanager as rendered: a page that fails reaches the receiver, and its end too", async (t) => {
  if (!needs(t, "prometheus", "prometheus-alertmanager", ...TOOLS)) return;
  const { state, url } = await site(t);
  const [book, output, data] = [folder(t), folder(t), folder(t)];
  const [prometheus, alertmanager, blackbox] = (await freePorts(3)).map((port) => `127.0.0.1:${port}`) as [
    string,
    string,
    string,
  ];
  mkdirSync(book, { recursive: true });
  writeFileSync(
    join(book, "watchbook.yaml"),
    `title: Page
services: { web: { title: Web } }
severities: { P1: { scale: alert } }
alerts: { update: 5s }
checks: { page: { kind: http, service: web, params: { url: "${url}/page", contains: Welcome } } }
rules: { page-down: { check: page, of: level, fire: 2, severity: P1 } }
`,
  );
  const places = { "alertmanager-at": alertmanager, blackbox, watchbook: prometheus, forward: `${url}/hook` };
  const { exit, said } = await renderCalled("all", { output, ...places, scrape: "1s", json: true }, book);
  assert.equal(exit, 0, said);
  const stated = (JSON.parse(said) as Said).rules.find(({ rule }) => rule === "page-down")!.detectionSeconds;
  running(
    t,
    "prometheus-blackbox-exporter",
    `--config.file=${output}/blackbox/blackbox.yml`,
    `--web.listen-address=${blackbox}`,
  );
  running(
    t,
    "prometheus-alertmanager",
    `--config.file=${output}/alertmanager/alertmanager.yml`,
    `--storage.path=${data}/am`,
    `--web.listen-address=${alertmanager}`,
    "--cluster.listen-address=",
  );
  running(
    t,
    "prometheus",
    `--config.file=${output}/prometheus/prometheus.yml`,
    `--storage.tsdb.path=${data}/tsdb`,
    `--web.listen-address=${prometheus}`,
  );
  const told = (status: string) => (): boolean =>
    state.posted.some(
      (post) => post.status === status && post.alerts.some(({ labels }) => labels["alertname"] === "page-down"),
    );
  const query = async (text: string): Promise<readonly unknown[]> => {
    const answer = await fetch(
      `http://${prometheus}/api/v1/query?${new URLSearchParams({ query: text }).toString()}`,
    ).catch(() => undefined);
    return answer?.ok ? ((await answer.json()) as { data: { result: readonly unknown[] } }).data.result : [];
  };
  await until(async () => (await query('probe_success{check="page"} == 1')).length === 1, "the page is not probed");
  await until(async () => (await query('up{job="blackbox"} == 1')).length === 1, "blackbox is not up");
  state.status = 500;
  const from = process.hrtime.bigint();
  await until(told("firing"), "no alert came");
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  t.diagnostic(`failed page → receiver: ${seconds.toFixed(1)} s, stated ${stated} s and what Alertmanager needs`);
  state.status = 200;
  await until(told("resolved"), "its end never came");
});
