import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { needs, which } from "../live/needs.ts";
import { folder } from "./folder.ts";
import { until } from "./wb.ts";
import { freePort } from "./port.ts";

/** A real Prometheus on loopback that scrapes one page of metrics twice a second; both go with the test. */
export interface Prometheus {
  readonly url: string;
  /** What the page says from now on, in the text format; undefined: the page fails. */
  say(metrics: string | undefined): void;
  /** Waits until a query answers with something that holds. */
  until(query: string, holds: (value: number | undefined) => boolean): Promise<void>;
}

/** A page of metrics on a port of its own. */
async function page(t: TestContext) {
  let text: string | undefined = "";
  const server = createServer((_, response) => {
    if (text === undefined) response.writeHead(500).end();
    else response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const say = (metrics: string | undefined): void => void (text = metrics);
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, say };
}

/** More of its configuration: text of prometheus.yml, and files beside it. */
export interface More {
  readonly yaml?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Started with its data in a folder of its own; undefined when the test is skipped. */
export async function prometheus(
  t: TestContext,
  { yaml = "", files = {} }: More = {},
): Promise<Prometheus | undefined> {
  if (!needs(t, "prometheus")) return undefined;
  const { address, say } = await page(t);
  const data = folder(t);
  writeFileSync(
    join(data, "prometheus.yml"),
    `global: { scrape_interval: 500ms, scrape_timeout: 400ms }
scrape_configs:
  - { job_name: app, static_configs: [{ targets: ["${address}"] }] }
${yaml}`,
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(join(data, name), text);
  const port = await freePort();
  const words = [
    `--config.file=${join(data, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(data, "tsdb")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=warn",
  ];
  const child = spawn(which("prometheus")!, words, { stdio: "ignore" });
  const ended = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await until("Prometheus is ready", 60, () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const value = async (query: string): Promise<number | undefined> => {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
    const { data: found } = (await answer.json()) as { data: { result: readonly { value: [number, string] }[] } };
    const text = found.result[0]?.value[1];
    return text === undefined ? undefined : Number(text);
  };
  return {
    url,
    say,
    until: (query, holds) => until(query, 60, async () => holds(await value(query))),
  };
}
