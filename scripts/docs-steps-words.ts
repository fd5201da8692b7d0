import type { Lang } from "../src/model/lang.ts";
import type { TableWords } from "./docs-table.ts";

/** What the pages about steps and faults say beyond the kinds themselves. */
export interface Words extends TableWords {
  readonly steps: string;
  readonly faults: string;
  readonly header: string;
  lead(name: string, does: string): string;
}

/** One step of each kind as watchbook.yaml has it below `steps:` of a runbook. */
export const stepExamples: Readonly<Record<string, string>> = {
  approve: "go-on: { kind: approve, with: { text: Traffic has been moved; go on? } }",
  check: "healthy: { kind: check, with: { check: http, with: { url: http://127.0.0.1:8080/health }, within: 60s } }",
  driver: "restart-web: { kind: driver, with: { things: [{ name: web, restart: true }] } }",
  fault: "freeze: { kind: fault, with: { fault: stop, with: { unit: app.service }, limit: 5m } }",
  file: 'site: { kind: file, with: { path: /etc/nginx/conf.d/site.conf, from: files/site.conf, mode: "0644" } }',
  function: "drain: { kind: function, with: { module: ops/queue.ts, name: drain, args: { most: 100 } } }",
  gate: "few-errors: { kind: gate, scope: run, with: { check: http, with: { url: http://127.0.0.1:8080/health }, for: 2m, every: 10s, least: 5 } }",
  http: "silence: { kind: http, with: { method: POST, url: http://127.0.0.1:9093/api/v2/silences, json: { comment: upgrade } } }",
  manual: "call: { kind: manual, with: { text: Call the data centre., note: required } }",
  runbook: "back-up-first: { kind: runbook, with: { runbook: SOP-01 } }",
  script: "migrate: { kind: script, with: { file: ops/migrate.sh, args: [--to, { value: VERSION }] } }",
  shell: "status: { kind: shell, with: { script: systemctl is-active app, expect: active } }",
  sql: "close: { kind: sql, with: { engine: postgres, statement: UPDATE jobs SET state = 'closed' WHERE id = :'JOB', values: [JOB], expect: { rows: 1 } } }",
  wait: "settle: { kind: wait, with: { for: 10m } }",
};

/** One fault of each kind as watchbook.yaml has it below `faults:` of a runbook. */
export const faultExamples: Readonly<Record<string, string>> = {
  "bad-image": "no-image: { kind: bad-image, compose: { directory: /srv/chat, service: app } }",
  clock: "tomorrow: { kind: clock, pidFile: /run/app.pid, file: /run/app.faketime, offset: +90d }",
  cut: "no-replica: { kind: cut, addresses: [10.0.0.7], probe: { host: 10.0.0.7, port: 5432 }, limit: 5m }",
  "disk-full": "full: { kind: disk-full, directory: /var/lib/app, leave: 10 MB, limit: 5m }",
  "expired-certificate":
    "expired: { kind: expired-certificate, certificate: /etc/app/tls.crt, key: /etc/app/tls.key, reload: [nginx, -s, reload] }",
  kill: "killed: { kind: kill, pidFile: /run/app.pid }",
  latency: "slow-database: { kind: latency, port: 5432, delay: 500ms }",
  refuse: "no-database: { kind: refuse, port: 5432 }",
  stop: "frozen: { kind: stop, unit: app.service, limit: 5m }",
};

const en: Words = {
  steps: [
    "# Step kinds",
    "",
    "<!-- Written by scripts/gen.ts from the kinds themselves: do not edit. -->",
    "",
    "A step of a runbook does one thing on a target. Values (parameters, outputs of earlier steps) reach it as variables or as",
    "bound data, never as text of a command; secrets stand in no argument and in no log. What is not seen to end well is not",
    "ok, and unknown is never green.",
    "",
    "Commands, scripts, files and SQL run on the target under a **receipt**: they survive a lost connection, are never begun",
    "twice, and tell afterwards how they ended. A step gives outputs by appending `NAME=value` lines to the file `$WB_OUTPUT`;",
    "the step must declare their names.",
    "",
    "Times are numbers of seconds or texts such as `30s`, `5m`, `24h`; sizes are bytes or texts such as `512 KB` and `2 GiB`.",
    "",
  ].join("\n"),
  faults: [
    "# Fault kinds",
    "",
    "<!-- Written by scripts/gen.ts from the kinds themselves: do not edit. -->",
    "",
    "A fault is injected by a step of kind `fault`. Before it bites, a timer is set **on the target**: at its limit the target",
    "takes the fault away by itself, even when whoever injected it has died. The step ends well only when the fault was seen to",
    "bite: what was down before proves nothing. Its undo removes it and fails while anything of it is left.",
    "",
    "Where systemd is the first process the timer is a unit of its own, `watchbook-…` of `systemctl list-units`: neither a logout nor",
    "the end of the service that runs watchbook takes it along. For whoever is not root that needs `loginctl enable-linger`,",
    "and a service that sees the machine as everybody does (no PrivateTmp, no ProtectSystem); or KillMode=process in the unit of the service.",
    "Where none of that is so, no fault that would stay is injected, and it is said why; a process is killed and a set restored all the same.",
    "Elsewhere it is a session of its own.",
    "",
    "What the timer cannot outlive is a restart of the target: then processes, frozen ones too, and firewall rules are gone by",
    "themselves; a filled disk, a swapped certificate and a changed image stay until the step is undone.",
    "",
  ].join("\n"),
  header: "| parameter | takes | default | meaning |",
  required: "required",
  or: " or ",
  types: {
    string: "text",
    number: "number",
    integer: "whole number",
    boolean: "`true`, `false`",
    object: "fields",
    null: "`null`",
    array: "list",
  },
  lead: (name, does) => `**${name}.** ${does}`,
  list: (of) => `list of (${of})`,
};

const zh: Words = {
  steps: [
    "# 步骤种类",
    "",
    "<!-- 由 scripts/gen.ts 根据各步骤种类生成：请勿手改。 -->",
    "",
    "规程的一步在一个对象上做一件事。值（参数、前面步骤的输出）以变量或绑定数据到达，绝不拼进命令；密钥不出现在任何",
    "命令行参数和日志里。没有亲眼看到圆满结束就不算成功，未知绝不算绿。",
    "",
    "命令、脚本、文件和 SQL 在对象上凭**回执**运行：断线照常运行，绝不开始两次，事后能说出如何结束。要给出输出，就向",
    "`$WB_OUTPUT` 指的文件追加 `NAME=value` 行；名字须由该步骤声明。",
    "",
    "时间写秒数，或 `30s`、`5m`、`24h`；大小写字节数，或 `512 KB`、`2 GiB`。",
    "",
  ].join("\n"),
  faults: [
    "# 故障种类",
    "",
    "<!-- 由 scripts/gen.ts 根据各故障种类生成：请勿手改。 -->",
    "",
    "故障由 `fault` 种类的步骤注入。生效之前先在**对象上**设好定时器：到了时限，即使注入者已死，对象自己也会撤除它。只有",
    "看到故障确实生效，这一步才算成功：原本就停着的证明不了什么。撤销这一步即撤除故障，只要还剩一点就算失败。",
    "",
    "对象的第一个进程是 systemd 时，定时器是它自己的单元（`systemctl list-units` 里的 `watchbook-…`）：登出，或运行 watchbook 的服务",
    "停止，都不会把它带走；不是 root 时，需先 `loginctl enable-linger`，且服务看到的机器与别人一样",
    "（没有 PrivateTmp、ProtectSystem），或者在服务的单元里写上 KillMode=process；都没有时，不注入会留下来的故障，并说明原因；杀进程和恢复备份集照做。没有 systemd 的对象上，它有自己的会话。",
    "",
    "定时器熬不过对象重启：那时进程（包括停住的）和防火墙规则自然消失；写满的磁盘、换掉的证书、改过的镜像会留着，",
    "直到撤销这一步。",
    "",
  ].join("\n"),
  header: "| 参数 | 可写 | 默认 | 含义 |",
  required: "必填",
  or: " 或 ",
  types: {
    string: "文字",
    number: "数",
    integer: "整数",
    boolean: "`true`、`false`",
    object: "若干字段",
    null: "`null`",
    array: "列表",
  },
  lead: (name, does) => `**${name}。** ${does}`,
  list: (of) => `（${of}）的列表`,
};

export const prose: Readonly<Record<Lang, Words>> = { en, zh };
