import type { TestContext } from "node:test";
import { systemdTarget } from "../../src/kinds/targets/systemd.ts";
import type { Reach } from "../../src/model/target.ts";
import { insideReach, systemdHost, type SystemdHost } from "../kit/systemd.ts";
import { ownName } from "../kit/docker.ts";
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
