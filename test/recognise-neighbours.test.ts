// Blocks of one section that are opposites, or one way of several, are never run one behind the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fence, statesOf } from "./kit/blocks.ts";

const section = (title: string, ...texts: readonly string[]): string => [`## ${title}`, ...texts].join("\n\n");
const inItem = (...lines: readonly string[]): string => fence(...lines).replaceAll(/^/gm, "   ");

const step = (label: string, ...lines: readonly string[]): string => `${label}\n\n${fence(...lines)}`;

type Row = readonly [what: string, text: string];

const HELD: readonly Row[] = [
  ["启动 停止", section("启停服务", step("启动：", "systemctl start a"), step("停止：", "systemctl stop a"))],
  [
    "启动 停止 重启",
    section(
      "启停服务",
      step("启动：", "systemctl start a"),
      step("停止：", "systemctl stop a"),
      step("重启：", "systemctl restart a"),
    ),
  ],
  [
    "启动 状态 停止",
    section(
      "启停服务",
      step("启动：", "systemctl start a"),
      step("查看状态：", "systemctl status a"),
      step("停止：", "systemctl stop a"),
    ),
  ],
  [
    "To start To stop",
    section("Stop and start the service", step("To start:", "systemctl start a"), step("To stop:", "systemctl stop a")),
  ],
  [
    "scripts",
    section("Stop and start procedure", step("To start:", "/opt/a/start.sh"), step("To stop:", "/opt/a/stop.sh")),
  ],
  ["other commands", section("启停服务", step("启动：", "nohup /opt/a/run &"), step("停止：", "pkill -f /opt/a/run"))],
  [
    "enable disable",
    section(
      "Deployment",
      step("To enable maintenance mode:", "a maintenance on"),
      step("To disable it:", "a maintenance off"),
    ),
  ],
  ["graceful", section("停止服务", step("优雅停止：", "systemctl stop a"), step("强制停止：", "pkill -9 a"))],
  ["graceful bold", section("停止服务", step("**优雅停止**", "systemctl stop a"), step("**强制停止**", "pkill -9 a"))],
  [
    "linux docker k8s",
    section(
      "Restart procedure",
      step("Linux:", "systemctl restart a"),
      step("Docker:", "docker restart a"),
      step("Kubernetes:", "kubectl rollout restart deploy/a"),
    ),
  ],
  ["centos", section("重启服务", step("CentOS 6：", "service a restart"), step("CentOS 7：", "systemctl restart a"))],
  [
    "envs",
    section(
      "Restart procedure",
      step("For staging:", "kubectl rollout restart deploy/a"),
      step("In production:", "systemctl restart a"),
    ),
  ],
  ["envs zh", section("重启流程", step("测试环境：", "docker restart a"), step("生产环境：", "systemctl restart a"))],
  [
    "machines",
    section(
      "Restart procedure",
      step("On the database host:", "systemctl restart pg"),
      step("On web01 and web02:", "systemctl restart web"),
    ),
  ],
  [
    "machines zh",
    section(
      "切换流程",
      step("在主库上执行：", "systemctl stop mysqld"),
      step("在从库上执行：", "mysql -e 'stop slave'"),
    ),
  ],
  [
    "compose",
    section(
      "Deployment procedure",
      step("To bring up:", "docker compose up -d"),
      step("To bring down:", "docker compose down"),
    ),
  ],
  [
    "mount",
    section(
      "Restore procedure",
      step("Mount it:", "mount /dev/sdb1 /mnt"),
      step("Unmount it:", "umount /dev/sdb1 /mnt"),
    ),
  ],
];
for (const [what, text] of HELD)
  test(`neighbours that are a choice are ambiguous, every one that changes something: ${what}`, async () => {
    const states = await statesOf(text);
    assert.ok(states.filter((state) => state === "ambiguous").length > 1, states.join(" "));
    assert.equal(states.includes("recognised"), text.includes("systemctl status"), states.join(" "));
  });

test("points of a list are no sequence, a numbered list is one", async () => {
  const points = (mark: (at: number) => string): string =>
    section(
      "Start and stop",
      ...["start", "stop"].map((deed, at) => `${mark(at)} ${deed}:\n\n${inItem(`systemctl ${deed} a`)}`),
    );
  assert.deepEqual(await statesOf(points(() => "- ")), ["ambiguous", "ambiguous"]);
  assert.deepEqual(await statesOf(points((at) => `${at + 1}.`)), ["recognised", "recognised"]);
});

test("a long command is held as a short one is", async () => {
  const long = (host: string): string => fence(`install -m 600 ${"/srv/app/file ".repeat(20)}/srv/${host}/`);
  const two = section("Restart procedure", "For staging:", long("a"), "In production:", long("b"));
  assert.deepEqual(await statesOf(two), ["ambiguous", "ambiguous"]);
});

test("what only looks stays runnable beside the opposites", async () => {
  const menu = section(
    "Start and stop",
    step("Start:", "systemctl start a"),
    step("State:", "systemctl status a"),
    step("Stop:", "systemctl stop a"),
  );
  assert.deepEqual(await statesOf(menu), ["ambiguous", "recognised", "ambiguous"]);
});

test("the other way is held, and the first of two when it says so", async () => {
  const either = section(
    "Recovery procedure",
    step("Step 2: either restore the backup:", "./restore.sh"),
    step("or reinstall the host:", "./reinstall.sh"),
  );
  assert.deepEqual(await statesOf(either), ["ambiguous", "ambiguous"]);
  const otherwise = section(
    "Recovery procedure",
    step("Restart:", "systemctl restart a"),
    step("Otherwise, reboot the host.", "reboot"),
  );
  assert.deepEqual(await statesOf(otherwise), ["recognised", "ambiguous"]);
});

const RUNS: readonly Row[] = [
  [
    "1 stop 2 start",
    section("Restart procedure", "1. Stop", inItem("systemctl stop a"), "2. Start", inItem("systemctl start a")),
  ],
  [
    "1 start 2 stop list",
    section(
      "Restart procedure",
      "1. Start the new one",
      inItem("systemctl start a"),
      "2. Stop it again",
      inItem("systemctl stop a"),
    ),
  ],
  [
    "stop replace start",
    section(
      "Upgrade procedure",
      step("Stop the service:", "systemctl stop a"),
      step("Replace the binary:", "install -m 755 a /usr/local/bin/a"),
      step("Start the service:", "systemctl start a"),
    ),
  ],
  [
    "stop start",
    section(
      "Restart procedure",
      step("Stop the service:", "systemctl stop a"),
      step("Start the service:", "systemctl start a"),
    ),
  ],
  ["停止 启动", section("重启流程", step("停止：", "systemctl stop a"), step("启动：", "systemctl start a"))],
  [
    "start new stop old",
    section(
      "Switch procedure",
      step("Start the new one:", "systemctl start b"),
      step("Stop the old one:", "systemctl stop a"),
    ),
  ],
  [
    "start migrate stop",
    section(
      "Upgrade procedure",
      step("Start the service:", "systemctl start a"),
      step("Migrate:", "/opt/a/migrate"),
      step("Stop the service:", "systemctl stop a"),
    ),
  ],
  [
    "start then stop",
    section(
      "Upgrade procedure",
      step("Start the service once:", "systemctl start a"),
      step("Then stop it:", "systemctl stop a"),
    ),
  ],
  [
    "steps",
    section("Upgrade procedure", step("Step 1: start", "systemctl start a"), step("Step 2: stop", "systemctl stop a")),
  ],
  [
    "prose between",
    section(
      "Upgrade procedure",
      step("Start the service:", "systemctl start a"),
      "The service writes its tables now.",
      step("Stop the service:", "systemctl stop a"),
    ),
  ],
  [
    "disable enable",
    section(
      "Deployment procedure",
      step("Disable the probe:", "a probe off"),
      step("Deploy:", "kubectl apply -f /srv/a.yaml"),
      step("Enable the probe:", "a probe on"),
    ),
  ],
  [
    "one system",
    section(
      "Restart procedure",
      step("On Debian:", "systemctl restart a"),
      step("Look at the log:", "journalctl -u a -n 20"),
    ),
  ],
  [
    "one machine",
    section(
      "Restart procedure",
      step("On the database host:", "systemctl restart pg"),
      step("Check:", "systemctl status pg"),
    ),
  ],
  [
    "one machine twice",
    section(
      "Restart procedure",
      step("On the database host:", "systemctl stop pg"),
      step("On the database host:", "systemctl start pg"),
    ),
  ],
  [
    "looks on two",
    section(
      "Check procedure",
      step("On the database host:", "systemctl status pg"),
      step("On the web host:", "systemctl status web"),
    ),
  ],
  [
    "grace once",
    section(
      "Stop procedure",
      step("Stop gracefully:", "systemctl stop a"),
      step("Remove its files:", "rm -rf /srv/a/run"),
    ),
  ],
  [
    "docker then app",
    section(
      "Upgrade procedure",
      step("Upgrade docker:", "apt-get install -y docker-ce"),
      step("Restart the application:", "systemctl restart a"),
    ),
  ],
  [
    "reload after start",
    section(
      "Deploy procedure",
      step("Start the service:", "systemctl start a"),
      step("Reload nginx:", "systemctl reload nginx"),
    ),
  ],
  [
    "cordon drain uncordon",
    section(
      "Maintenance procedure",
      step("Cordon the node:", "kubectl cordon node1"),
      step("Drain the node:", "kubectl drain node1 --ignore-daemonsets"),
      step("Uncordon the node:", "kubectl uncordon node1"),
    ),
  ],
  [
    "order",
    section(
      "Deploy procedure",
      step("Order matters. Stop:", "systemctl stop a"),
      step("Orders are kept:", "systemctl start a"),
    ),
  ],
];
for (const [what, text] of RUNS)
  test(`neighbours that follow each other stay runnable: ${what}`, async () => {
    const states = await statesOf(text);
    assert.ok(
      states.every((state) => state === "recognised"),
      states.join(" "),
    );
  });

test("what an author has declared is no choice of ours", async () => {
  const declared = (line: string): string => `\`\`\`bash {"wb-target":"web01"}\n${line}\n\`\`\``;
  const two = section(
    "Restart procedure",
    "On the database host:",
    declared("systemctl stop pg"),
    "On web01:",
    declared("systemctl stop web"),
  );
  assert.deepEqual(await statesOf(two), ["declared", "declared"]);
});
