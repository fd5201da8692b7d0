// What a target does by a timer, begun in a service whose user is not root.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { OUTLIVE } from "../../src/kinds/targets/posix/outlive.ts";
import type { Reach } from "../../src/model/target.ts";
import { ownName } from "../kit/docker.ts";
import { systemdHost, type SystemdHost } from "../kit/systemd.ts";
import { until } from "../kit/until.ts";
import { done, place, said, sentence } from "../suites/step-context.ts";

/** Becomes a process of the service and of its user, as what the service itself begins. */
const JOIN = String.raw`
pid=$(systemctl show -p MainPID --value "$1") user=$2
shift 2
while IFS=: read -r _ _ path; do
  for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ ! -w "$root$path/cgroup.procs" ] || echo $$ >"$root$path/cgroup.procs"
  done
done <"/proc/$pid/cgroup"
exec nsenter --target "$pid" --mount -- env HOME="/home/$user" USER="$user" setpriv --reuid "$user" --regid "$user" --init-groups -- "$@"`;

interface Served {
  readonly host: SystemdHost;
  readonly user: string;
  readonly unit: string;
  readonly reach: Reach;
  readonly text: (...words: readonly string[]) => string;
  /** Units of timers that this user's manager has of us; fails where there is no manager. */
  readonly timers: () => readonly string[];
  /** Numbers of this user's processes, ascending, without those of its manager. */
  readonly processes: () => readonly number[];
}

/** A user of the test's own, with or without a manager that stays, and a service of that user's that runs. */
async function served(t: TestContext, lingers: boolean, more: readonly string[] = []): Promise<Served | undefined> {
  const host = await systemdHost(t);
  if (!host) return undefined;
  const [user, unit] = [ownName("ops").slice(-24), ownName("service")];
  const text = (...words: readonly string[]): string => host.run(...words).trim();
  host.run("useradd", "--create-home", user);
  if (lingers) {
    host.run("loginctl", "enable-linger", user);
    await until(() => text("sh", "-c", `ls /run/user/$(id -u ${user})/systemd 2>/dev/null || :`) !== "", "no manager");
  }
  host.run(
    "systemd-run",
    "--quiet",
    "--collect",
    `--unit=${unit}`,
    `--property=User=${user}`,
    ...more,
    "sleep",
    "1000",
  );
  t.after(() => {
    host.run("sh", "-c", 'systemctl stop "$1"; loginctl disable-linger "$2"; pkill -KILL -u "$2"; :', "sh", unit, user);
  });
  const reach = await host.reach();
  const exec: Reach["exec"] = (argv, options) => reach.exec(["sh", "-c", JOIN, "sh", unit, user, ...argv], options);
  const listed = `XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user list-units --all --plain --no-legend 'watchbook-*'`;
  const timers = () =>
    text("setpriv", "--reuid", user, "--clear-groups", "sh", "-c", listed).split("\n").filter(Boolean);
  const processes = () =>
    text("ps", "-u", user, "-o", "pid=,unit=")
      .split("\n")
      .filter((line) => !line.includes(" user@"))
      .map(Number.parseFloat);
  return { host, user, unit, reach: { ...reach, exec }, text, timers, processes };
}

/** A process of the user's that a fault may hit, outside of the service. */
function victim({ host, user, text }: Served): { readonly pidFile: string; readonly state: () => string } {
  const pidFile = `/home/${user}/victim.pid`;
  const begin = 'setpriv --reuid "$1" --clear-groups setsid sleep 1000 >/dev/null 2>&1 & echo $! >"$2"';
  host.run("sh", "-c", begin, "sh", user, pidFile);
  return { pidFile, state: () => text("sh", "-c", 'ps -o state= -p "$(cat "$1")"', "sh", pidFile) };
}

test("where the user's manager stays, a timer is a unit of it and outlives the service that began it", async (t) => {
  const on = await served(t, true);
  if (!on) return;
  const { host, unit, text, timers } = on;
  const { pidFile, state } = victim(on);
  const here = await place(t);
  const params = { fault: "stop", with: { pidFile }, limit: 600 };
  const { reach } = on;
  assert.equal(said(await done("fault", params, here.context({ reach }))), "ok");
  assert.equal(state(), "T");
  assert.equal(timers().length, 1);
  host.run("systemctl", "stop", unit);
  assert.equal(timers().length, 1);
  host.run("systemctl", "reset-failed");
  const again = ["--quiet", "--collect", `--unit=${unit}`, `--property=User=${on.user}`];
  host.run("systemd-run", ...again, "sleep", "1000");
  const undo = here.context({ reach }, { purpose: "undo" });
  assert.equal(said(await done("fault", { ...params, remove: true }, undo)), "ok");
  assert.equal(state(), "S");
  await until(() => timers().length === 0, "its unit stays");
  assert.equal(text("systemctl", "is-active", unit), "active");
});

test("a timer that would end with the service is none: no fault is injected, and what to do is said", async (t) => {
  const bound = await served(t, false);
  if (!bound) return;
  // Its manager stays, but sees another /tmp than the service.
  const apart = (await served(t, true, ["--property=PrivateTmp=yes"]))!;
  for (const on of [bound, apart]) {
    const { pidFile, state } = victim(on);
    const here = await place(t);
    const { reach, unit, user } = on;
    const end = await done("fault", { fault: "stop", with: { pidFile }, limit: 600 }, here.context({ reach }));
    assert.equal(said(end), "failed fault-timer-bound");
    for (const lang of ["en", "zh"] as const) {
      const says = sentence(end, lang);
      assert.ok(says.includes(`${unit}.service`) && says.includes("KillMode=process"), says);
      assert.ok(says.includes(`loginctl enable-linger ${user}`), says);
    }
    assert.equal(state(), "S");
    if (on === apart) assert.deepEqual(on.timers(), []);
    const both = on.text("sh", "-c", `cat ${pidFile}; systemctl show -p MainPID --value ${unit}`);
    const kept = both
      .split("\n")
      .map(Number)
      .toSorted((one, other) => one - other);
    await until(() => isDeepStrictEqual(on.processes(), kept), `${user} has more than the service and the victim`);
    // Of what stays nothing hurts: it is done all the same.
    const context = here.context({ reach }, { number: 2 });
    const killed = await done("fault", { fault: "kill", with: { pidFile }, limit: 600 }, context);
    assert.equal(said(killed), "ok");
  }
});

test("where the service leaves its processes alone, a timer of a session of its own does", async (t) => {
  const on = await served(t, false, ["--property=KillMode=process"]);
  if (!on) return;
  const { host, user, unit, text } = on;
  host.write(
    `/home/${user}/begin.sh`,
    `${OUTLIVE}\nmkdir "$1" && out_strict=yes && outlive "$1/script" "$1/note" 'sleep 1000'\n`,
  );
  const began = await on.reach.exec(["sh", `/home/${user}/begin.sh`, `/home/${user}/timer`]);
  assert.deepEqual(began.end, { kind: "exit", code: 0 }, began.err);
  const pid = text("cut", "-d", " ", "-f", "1", `/home/${user}/timer/note`);
  host.run("systemctl", "stop", unit);
  assert.match(text("cat", `/proc/${pid}/cmdline`), /timer\/script/);
});
