import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { OUTLIVE } from "../../src/kinds/targets/posix/outlive.ts";
import { systemdTarget } from "../../src/kinds/targets/systemd.ts";
import type { Reach } from "../../src/model/target.ts";
import { insideReach, systemdHost, type SystemdHost } from "../kit/systemd.ts";
import { ownName } from "../kit/docker.ts";
import { until } from "../kit/until.ts";
import { done, place, said } from "../suites/step-context.ts";
import { driverSuite, type DriverWorld } from "../suites/driver.ts";

const unit = (command: string, more = ""): string =>
  `[Unit]\nDescription=a service of the tests\n\n[Service]\nExecStart=${command}\n${more}\n[Install]\nWantedBy=multi-user.target\n`;

async function open(reach: Reach): Promise<Reach> {
  const params = systemdTarget.params.safeParse({ over: "inside" });
  if (!params.success) throw new Error(JSON.stringify(params.error.issues));
  return systemdTarget.open("units", params.data, undefined, () => Promise.resolve(reach));
}

function remove(host: SystemdHost, name: string): void {
  host.run("sh", "-c", 'systemctl stop "$1"; rm -rf /etc/systemd/system/"$1".*; systemctl daemon-reload', "sh", name);
}

async function world(t: TestContext): Promise<DriverWorld | undefined> {
  const host = await systemdHost(t);
  if (!host) return undefined;
  const name = ownName("unit");
  t.after(() => remove(host, name));
  const first = unit("/bin/sleep 1000");
  const path = `/etc/systemd/system/${name}.service`;
  const install = (text: string, ...verb: readonly string[]): void => {
    host.write(path, text);
    host.run("systemctl", "daemon-reload");
    host.run("systemctl", ...verb, name);
  };
  install(first, "start");
  return {
    reach: await open(await host.reach()),
    thing: name,
    versions: [
      { name, unit: first },
      { name, unit: unit("/bin/sleep 2000") },
    ],
    impossible: { name, unit: unit("/no/such/program") },
    trace: () =>
      Promise.resolve(
        host.run("systemctl", "show", "-p", "MainPID,ActiveEnterTimestampMonotonic", name) + host.run("cat", path),
      ),
    meddle: () => {
      install(unit("/bin/sleep 3000"), "restart");
      return Promise.resolve();
    },
    blind: () => {
      // It never says that it is ready, and systemd waits.
      install(unit("/bin/sleep 1000", "Type=notify"), "restart", "--no-block");
      return Promise.resolve();
    },
    unreachable: async () => {
      const container = ownName("asleep");
      host.docker.docker(
        "run",
        "-d",
        "--init",
        "--name",
        container,
        "--network",
        "none",
        host.docker.image("host"),
        "sleep",
        "infinity",
      );
      t.after(() => void host.docker.docker("rm", "-f", container));
      return open(await insideReach(host.docker, container));
    },
  };
}

driverSuite("systemd", world);

/** Units of timers that a target has of us. */
const timers = (host: SystemdHost): readonly string[] =>
  host.run("systemctl", "list-units", "--all", "--plain", "--no-legend", "watchbook-*").split("\n").filter(Boolean);

test("what a target does by a timer outlives the unit that began it, in its network; and a fault leaves no unit", async (t) => {
  const host = await systemdHost(t);
  if (!host) return;
  const name = ownName("began");
  const text = (...words: readonly string[]): string => host.run(...words).trim();
  host.write(
    `/root/${name}.sh`,
    `${OUTLIVE}\nmkdir "$1" && outlive "$1/script" "$1/note" 'sleep 1000' && exec sleep 1000\n`,
  );
  const begin = ["unshare", "--net", "sh", `/root/${name}.sh`, `/root/${name}`];
  host.run("systemd-run", "--quiet", "--collect", `--unit=${name}`, ...begin);
  const noted = (): string => text("sh", "-c", 'cut -d " " -f 1 "$1" 2>/dev/null || :', "sh", `/root/${name}/note`);
  await until(() => noted() !== "", "it has not begun");
  const pid = noted();
  const network = (of: string): string => text("readlink", `/proc/${of}/ns/net`);
  assert.equal(network(pid), network(text("systemctl", "show", "-p", "MainPID", "--value", name)));
  assert.notEqual(network(pid), network("1"));
  host.run("systemctl", "stop", name);
  assert.match(text("cat", `/proc/${pid}/cmdline`), /script/);
  assert.equal(timers(host).length, 1);
  host.run("kill", "--", `-${pid}`);
  await until(() => timers(host).length === 0, "its unit stays");
  // A fault on this host, and its undo.
  host.run("systemd-run", "--quiet", "--collect", `--unit=${name}`, "sleep", "1000");
  const victim = text("systemctl", "show", "-p", "MainPID", "--value", name);
  host.write(`/root/${name}.pid`, victim);
  const state = (): string => text("ps", "-o", "state=", "-p", victim);
  const here = await place(t);
  const reach = await host.reach();
  const params = { fault: "stop", with: { pidFile: `/root/${name}.pid` }, limit: 600 };
  assert.equal(said(await done("fault", params, here.context({ reach }))), "ok");
  assert.equal(state(), "T");
  assert.equal(timers(host).length, 1);
  const undo = here.context({ reach }, { purpose: "undo" });
  assert.equal(said(await done("fault", { ...params, remove: true }, undo)), "ok");
  assert.equal(state(), "S");
  await until(() => timers(host).length === 0, "its unit stays");
  host.run("systemctl", "stop", name);
});
