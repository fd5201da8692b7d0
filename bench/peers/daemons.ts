// The daemons that benches set beside each other, as processes of their own.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../src/model/time.ts";
import { freePort } from "../../test/kit/port.ts";

const root = join(import.meta.dirname, "../..");
const quiet = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] };

/** `watchbook serve` of a book in `folder`, as the launcher starts it. */
export async function watchbook(folder: string, yaml: string): Promise<readonly ChildProcess[]> {
  writeFileSync(join(folder, "ops.md"), "# Bench\n");
  writeFileSync(join(folder, "watchbook.yaml"), yaml);
  const args = ["serve", "--book", folder, "--data", join(folder, "data"), "--listen", `127.0.0.1:${await freePort()}`];
  return [spawn(join(root, "wb"), args, { stdio: ["ignore", "ignore", "ignore"], cwd: root })];
}

export interface PrometheusWish {
  readonly urls: readonly string[];
  /** Lines of `global:`; absent: what it does by itself. */
  readonly global?: string;
  readonly hold: string;
  /** Where Alertmanager posts, and how it waits; absent: no Alertmanager. */
  readonly hook?: { readonly url: string; readonly waits: string };
}

/** Prometheus and the blackbox exporter, and Alertmanager where a hook is to hear. */
export async function prometheus(folder: string, wish: PrometheusWish): Promise<readonly ChildProcess[]> {
  mkdirSync(folder, { recursive: true });
  const [box, port, manager] = [await freePort(), await freePort(), await freePort()];
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const boxes = file("box.yml", "modules: { http_2xx: { prober: http, timeout: 5s } }\n");
  const rule = `{ alert: Down, expr: probe_success == 0, for: ${wish.hold} }`;
  file("rules.yml", `groups: [{ name: a, rules: [${rule}] }]\n`);
  const relabel = [
    "{ source_labels: [__address__], target_label: __param_target }",
    "{ source_labels: [__param_target], target_label: instance }",
    `{ target_label: __address__, replacement: "127.0.0.1:${box}" }`,
  ];
  const targets = wish.urls.map((url) => JSON.stringify(url)).join(", ");
  const scrape = `scrape_configs:
  - job_name: probe
    metrics_path: /probe
    params: { module: [http_2xx] }
    static_configs: [{ targets: [${targets}] }]
    relabel_configs: [${relabel.join(", ")}]
`;
  const alerting = `alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${manager}"] }] }] }\n`;
  const head = `global: { ${wish.global ?? ""} }\nrule_files: [rules.yml]\n`;
  const config = file("prometheus.yml", head + (wish.hook ? alerting : "") + scrape);
  const started = [
    spawn(
      "prometheus-blackbox-exporter",
      [`--config.file=${boxes}`, `--web.listen-address=127.0.0.1:${box}`, "--log.level=error"],
      quiet,
    ),
    spawn(
      "prometheus",
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${folder}/tsdb`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--log.level=error",
      ],
      quiet,
    ),
  ];
  if (!wish.hook) return started;
  const { url, waits } = wish.hook;
  const routes = `route: { receiver: hook, group_by: [instance], ${waits} }\nreceivers: [{ name: hook, webhook_configs: [{ url: "${url}" }] }]\n`;
  const args = [
    `--config.file=${file("alertmanager.yml", routes)}`,
    `--storage.path=${folder}/am`,
    `--web.listen-address=127.0.0.1:${manager}`,
    "--cluster.listen-address=",
    "--log.level=error",
  ];
  return [...started, spawn("prometheus-alertmanager", args, quiet)];
}

/** Asks them to end, and ends them. */
export async function end(processes: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    processes.map(async (one) => {
      if (one.exitCode !== null || one.signalCode !== null) return;
      const ended = once(one, "exit");
      one.kill("SIGTERM");
      const cancel = systemClock.timer(10_000, () => one.kill("SIGKILL"));
      await ended;
      cancel();
    }),
  );
}
