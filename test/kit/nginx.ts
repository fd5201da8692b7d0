import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { which } from "../live/needs.ts";
import { until } from "./until.ts";

export interface Nginx {
  /** Takes another configuration in use; the old one stays when nginx refuses it. */
  reload(http?: string): void;
}

/** A real nginx in a directory of its own; `http` is what stands in its http block. Ended with the test. */
export async function nginx(
  t: Pick<TestContext, "after">,
  directory: string,
  http: string,
  port: number,
): Promise<Nginx> {
  mkdirSync(join(directory, "logs"), { recursive: true });
  const temps = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join(" ");
  const file = join(directory, "nginx.conf");
  const configure = (text: string): void =>
    writeFileSync(
      file,
      // Folders of tests are their owner's alone.
      `${process.getuid?.() === 0 ? "user root; " : ""}daemon off; pid ${directory}/nginx.pid; error_log ${directory}/logs/error.log; worker_processes 1; events {}
       http { ${temps}\n${text} }`,
    );
  configure(http);
  const running = spawn(which("nginx")!, ["-p", directory, "-c", file, "-e", join(directory, "logs/error.log")], {
    stdio: "inherit",
  });
  t.after(async () => {
    if (running.exitCode !== null) return;
    running.kill("SIGTERM");
    await once(running, "exit");
  });
  const listens = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
  await until(listens, "nginx does not listen");
  return {
    reload: (text) => {
      if (text !== undefined) configure(text);
      running.kill("SIGHUP");
    },
  };
}
