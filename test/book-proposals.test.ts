// What a checklist sentence of a stranger's manual proposes: the right check with the values it names, or none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileBook } from "../src/book/compile/compile.ts";
import { proposalsOf } from "../src/book/words/asks/index.ts";
import { isWork } from "../src/book/words/metrics.ts";
import { checks } from "../src/kinds/checks/index.ts";
import type { Proposal } from "../src/model/duty.ts";
import { treeOf } from "./kit/tree.ts";

const NGINX = { pattern: String.raw`^(\S*/)?nginx([ :]|$)` };
const MYSQL = { pattern: String.raw`^(\S*/)?(mysqld|mariadbd)([ :]|$)` };
const above = (critical: number) => ({ bad: "above" as const, critical });
const disk = (critical: number, params: Proposal["params"] = {}): Proposal => ({
  kind: "disk",
  params,
  bands: above(critical),
});
const one = (kind: string, params: Proposal["params"] = {}): readonly Proposal[] => [{ kind, params }];
const tls = (critical: number, params: Proposal["params"] = {}): readonly Proposal[] => [
  { kind: "tls", params: { ...params, measure: "days" }, bands: { bad: "below", critical } },
];
const none = (files?: string): readonly Proposal[] => [
  { kind: "log-errors", params: { ...(files !== undefined && { files }), judge: "bands" }, bands: above(0.001) },
];

const RIGHT: readonly (readonly [proposals: readonly Proposal[], ...items: readonly string[]])[] = [
  [one("process", NGINX), "nginx is running", "Check that nginx is running.", "Is Nginx running?", "nginx 正在运行"],
  [one("process", NGINX), "检查 nginx 服务状态", "nginx 进程是否存在", "systemctl status nginx shows active (running)"],
  [[...one("process", NGINX), ...one("process", MYSQL)], "nginx and MySQL are running", "Nginx、MySQL 均正常运行"],
  [one("process"), "The billing service is running", "billing 服务已启动"],
  [one("http", { url: "https://shop.corp.net/health" }), "https://shop.corp.net/health answers"],
  [
    one("http", { url: "https://shop.corp.net" }),
    "网站 https://shop.corp.net 可访问",
    "https://shop.corp.net 首页能否正常打开",
  ],
  [one("http", { url: "https://a.corp.net/h", status: 200 }), "检查 https://a.corp.net/h 是否返回 200"],
  [
    one("http", { url: "https://a.corp.net/h", status: 204, within: "2s" }),
    "https://a.corp.net/h returns 204 within 2 s",
  ],
  [one("http"), "Website is reachable", "网站可以访问", "https://<your-host>/health answers"],
  [one("tcp", { address: "<host>:443" }), "Port 443 reachable", "443 端口可达", "端口 443 监听正常"],
  [one("tcp", { address: ["<host>:80", "<host>:443"] }), "Ports 80 and 443 are open", "80、443 端口均可达"],
  [
    one("tcp", { address: "db01:5432" }),
    "db01:5432 is reachable",
    "Port 5432 on db01 is open",
    "db01 的 5432 端口可达",
  ],
  [none("/var/log/nginx/error.log"), "No errors in /var/log/nginx/error.log", "/var/log/nginx/error.log 中没有错误"],
  [one("log-errors"), "系统日志无异常"],
  [none(), "No errors in the logs", "应用日志中没有报错", "No errors in /var/log/nginx"],
  [one("log-errors", { files: "/var/log/app/app.log" }), "No new errors in /var/log/app/app.log"],
  [
    [disk(80)],
    "Disk usage below 80 %",
    "磁盘使用率低于 80%",
    "磁盘使用率低于80%（df -h）",
    "Free disk space above 20%",
  ],
  [[disk(85, { path: "/data" })], "Disk usage of /data is below 85%", "/data 分区使用率不超过 85%"],
  [
    [{ ...disk(80), kind: "cpu" }, { ...disk(80), kind: "memory" }, disk(80)],
    "CPU, memory and disk usage below 80%",
    "CPU、内存、磁盘使用率均低于 80%",
    "检查服务器 CPU、内存、磁盘使用率是否超过 80%",
  ],
  [
    [{ ...disk(70), kind: "cpu" }, { ...disk(80), kind: "memory" }, disk(85)],
    "CPU < 70%, memory < 80%, disk < 85%",
    "CPU < 70%，内存 < 80%，磁盘 < 85%",
  ],
  [tls(30), "Certificate valid for more than 30 days", "证书有效期大于 30 天", "证书 30 天内不会过期"],
  [tls(14, { address: "shop.corp.net:443" }), "TLS certificate of shop.corp.net expires in more than 2 weeks"],
  [one("newest"), "Backup of last night exists", "Backups were taken last night", "昨夜备份已完成"],
  [one("newest", { maxAge: "8d" }), "The weekly backup exists", "本周备份已完成"],
  [one("newest", { maxAge: "24h" }), "The latest backup is less than 24 hours old", "最近一次备份在 24 小时内"],
  [one("newest", { directory: "/backup/db" }), "/backup/db 中有昨晚的备份", "Last night's backup exists in /backup/db"],
  [
    one("file", { path: "/etc/app/off.flag", exists: false }),
    "/etc/app/off.flag does not exist",
    "/etc/app/off.flag 不存在",
  ],
  [
    one("file", { path: "/data/key.pem", mode: "0600" }),
    "/data/key.pem 权限为 600",
    "/data/key.pem permissions are 600",
  ],
  [[{ kind: "connections", params: {}, bands: above(280) }], "Connections below 280", "连接数低于 280"],
  [[...one("process", NGINX), ...one("tcp", { address: "<host>:443" })], "nginx is running and port 443 is open"],
];

test("a sentence that is understood to the last word proposes its check with the values it names", () => {
  for (const [proposals, ...items] of RIGHT)
    for (const item of items) assert.deepEqual(proposalsOf(item), proposals, item);
});

const ABSENT = [
  ...["nginx is not running", "Restart nginx if it is not running", "nginx on the standby is running", "nginx 未运行"],
  ...[
    "Replication is running",
    "The generator is running",
    "The approval process",
    "检查审批进程",
    "All services are running",
  ],
  ...["Port 23 is closed", "UDP port 53 is open", "23 端口已关闭", "Port 70000 is open"],
  ...["See https://wiki.corp.net/x for details", "Dashboard https://grafana.corp.net shows no alerts"],
  ...["https://a.corp.net redirects to https://b.corp.net", "POST to https://a.corp.net/orders returns 201"],
  ...[
    "Disk usage on db01 below 80%",
    "检查数据库服务器磁盘使用率低于 80%",
    "Swap usage below 20%",
    "主库磁盘使用率低于 80%",
  ],
  ...["CPU temperature below 80 degrees", "Load average below 4", "Disk usage below 80 GB"],
  ...["No critical errors in /var/log/app.log", "No errors in the last release notes", "Certificate valid"],
  ...[
    "Certificate valid for more than 3 months",
    "Backup restored on the test host",
    "备份策略已评审",
    "Backup is running",
  ],
  ...["Java is running out of memory", "VPN is up", "x".repeat(500), ""],
];

test("what is not understood to the last word proposes nothing", () => {
  for (const item of ABSENT) assert.deepEqual(proposalsOf(item), [], item);
});

test("every proposed value is one that its kind takes", () => {
  const kinds = new Map(checks.map((check) => [check.kind, check]));
  for (const [proposals, ...items] of RIGHT)
    for (const { kind, params } of proposals) {
      const parsed = kinds.get(kind)!.params.safeParse(params);
      const wrong = parsed.success
        ? []
        : parsed.error.issues.filter(({ path }) => Object.hasOwn(params, path[0] ?? ""));
      assert.deepEqual(wrong, [], `${kind}: ${items[0]}`);
    }
});

test("an item that begins with work is for a person; a look at work that was done is not", () => {
  for (const item of ["清理临时文件", "定期清理旧日志", "更新安全补丁", "Renew the licence", "Update the packages"])
    assert.equal(isWork(item), true, item);
  for (const item of ["升级前检查磁盘", "清理情况正常", "检查节点状态", "nginx is running"])
    assert.equal(isWork(item), false, item);
});

const itemsOf = async (...lines: readonly string[]) => {
  const list = lines.map((line) => `- [ ] ${line}`).join("\n");
  const book = await compileBook(treeOf({ "ops.md": `# Ops\n\n## Daily checklist\n\n${list}\n` }), { zone: "UTC" });
  return book.duties[0]!.items;
};

test("a list of metrics proposes every one of them; the metric of something else proposes none", async () => {
  const items = await itemsOf(
    "CPU, memory and disk",
    "检查 CPU、内存和磁盘",
    "Check database memory",
    "检查日志异常",
    "Connections between teams",
  );
  assert.deepEqual(
    items.map(({ proposals }) => proposals?.map(({ kind }) => kind) ?? []),
    [["cpu", "memory", "disk"], ["cpu", "memory", "disk"], [], ["log-errors"], []],
  );
});

test("what a declared check serves is proposed no more", async () => {
  const yaml = `checks:\n  load: { kind: cpu, items: ["CPU, memory and disk"] }\n`;
  const manual = "# Ops\n\n## Daily checklist\n\n- [ ] CPU, memory and disk\n";
  const book = await compileBook(treeOf({ "ops.md": manual, "watchbook.yaml": yaml }), { zone: "UTC" });
  const [item] = book.duties[0]!.items;
  assert.deepEqual([item!.checks, item!.proposals?.map(({ kind }) => kind)], [["load"], ["memory", "disk"]]);
});
