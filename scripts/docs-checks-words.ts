import type { Bands } from "../src/model/check.ts";
import type { Lang } from "../src/model/lang.ts";
import type { Unit } from "../src/model/unit.ts";

/** What the check pages say beyond the kinds themselves. */
export interface Words {
  readonly intro: string;
  readonly header: string;
  readonly required: string;
  readonly or: string;
  readonly types: Readonly<Record<string, string>>;
  readonly noBands: string;
  readonly notes: Readonly<Record<string, string>>;
  readonly recipes: string;
  lead(name: string, does: string): string;
  list(of: string): string;
  unit(unit: Unit | undefined): string;
  every(seconds: number): string;
  bands(bad: Bands["bad"], warn: number, critical: number): string;
}

/** One check of each kind as watchbook.yaml has it. */
export const examples: Readonly<Record<string, string>> = {
  cpu: "checks:\n  node-cpu: { kind: cpu, params: { processes: { pidFile: /run/node.pid } }, items: [CPU] }",
  memory:
    'checks:\n  node-memory: { kind: memory, params: { processes: { pattern: "^/opt/node/bin" }, limit: 2 GiB } }',
  disk: "checks:\n  data-disk: { kind: disk, params: { path: /var/lib/node, quota: 20 GB } }",
  forecast: "checks:\n  data-full: { kind: forecast, params: { path: /var/lib, ahead: 24h } }",
  heartbeat:
    'checks:\n  nightly-backup:\n    kind: heartbeat\n    params: { cron: "0 2 * * *", zone: Asia/Shanghai, grace: 1h, token: { secret: backup-job } }',
  "disk-growth": "checks:\n  data-growth: { kind: disk-growth, params: { path: /var/lib, jump: 5 } }",
  process: "checks:\n  node-runs: { kind: process, params: { pidFile: /run/node.pid, pattern: node } }",
  connections:
    "checks:\n  peers: { kind: connections, params: { port: 4001 }, bands: { bad: above, warn: 280, critical: 300 } }",
  tcp: 'checks:\n  bootstrap: { kind: tcp, params: { address: ["b1.example.net:4001", "b2.example.net:4001"] } }',
  http: "checks:\n  health:\n    kind: http\n    params:\n      url: http://127.0.0.1:8080/health\n      json: { at: .status, equals: healthy }",
  prometheus:
    "checks:\n  errors:\n    kind: prometheus\n    params: { url: http://127.0.0.1:9090, query: 'sum(rate(http_requests_total{code=~\"5..\"}[1m]))' }\n    bands: { bad: above, warn: 0.01, critical: 0.1 }",
  tls: 'checks:\n  certificate:\n    kind: tls\n    params: { address: "chat.example.net:443", file: /etc/ssl/chat/fullchain.pem }',
  evidence:
    "runbooks:\n  SOP-04:\n    steps:\n      1: { kind: check, scope: run, with: { check: evidence, with: { of: SOP-01, maxAge: 15m } } }",
  file: 'checks:\n  key-file: { kind: file, params: { path: /etc/node/key, maxMode: "0600", owner: node } }',
  newest: "checks:\n  backup-fresh: { kind: newest, params: { directory: /backup, minSize: 10 MB } }",
  "log-errors":
    "checks:\n  errors: { kind: log-errors, params: { files: [/var/log/node/*.log, /var/log/nginx/error.log] } }",
  load: "checks:\n  load: { kind: load, params: { over: 15m }, bands: { bad: above, warn: 2, critical: 4 } }",
  ping: "checks:\n  gateway: { kind: ping, params: { host: 10.0.0.1, count: 5 } }",
  dns: 'checks:\n  name: { kind: dns, params: { name: chat.example.net, server: 192.0.2.53, equals: ["192.0.2.10"] } }',
  clock: "checks:\n  clock: { kind: clock, params: { server: ntp.example.net:123 } }",
  watchbook:
    "checks:\n  other: { kind: watchbook, params: { url: http://10.0.0.2:7070, headers: { authorization: { secret: other } } } }",
  workload: "checks:\n  units: { kind: workload, params: { names: [postgresql.service, nginx.service] } }",
  sql: "checks:\n  pool:\n    kind: sql\n    params: { engine: postgres, connect: { database: shop }, statement: SELECT count(*) FROM pg_stat_activity, unit: count }\n    bands: { bad: above, warn: 80, critical: 95 }",
  replication:
    "checks:\n  replica:\n    kind: replication\n    params: { engine: postgres, connect: { host: /run/postgresql } }\n    bands: { bad: above, warn: 30, critical: 60 }",
  version:
    'checks:\n  postgres-version: { kind: version, params: { argv: [psql, --version], min: "15.4", below: "16" } }',
  redis:
    "checks:\n  cache:\n    kind: redis\n    params: { connect: { port: 6379, password: { secret: cache } }, role: master }\n    bands: { bad: above, warn: 80, critical: 95 }",
  container:
    "checks:\n  chat-containers: { kind: container, params: { project: mattermost, services: [postgres, mattermost] } }",
  permissions:
    'checks:\n  permissions:\n    kind: permissions\n    params:\n      paths:\n        - { path: /srv/chat/data, owner: 2000, group: 2000, maxMode: "0750", below: true }\n        - { path: /srv/chat/.env, owner: root, mode: "0600" }',
  "log-fields":
    "checks:\n  api-errors:\n    kind: log-fields\n    params: { files: /var/log/api/*.log, window: 5m, where: { field: .status, min: 500 } }\n    bands: { bad: above, warn: 1, critical: 5 }",
  machine:
    'checks:\n  app-server: { kind: machine, params: { cpus: 8, memory: 16 GB, disk: 100 GB, solid: true, kernel: "5.4" } }',
  command:
    "checks:\n  peers-known:\n    kind: command\n    params: { argv: [node-cli, peers, --json], value: { json: /count, unit: count } }\n    bands: { bad: below, warn: 3, critical: 1 }",
};

const en: Words = {
  intro: [
    "# Check kinds",
    "",
    "<!-- Written by scripts/gen.ts from the kinds themselves: do not edit. -->",
    "",
    "A check is one probe. Its outcome is pass, warn, fail or **unknown**: a missing program, refused permission, a time-out",
    "or output that cannot be read is unknown with its reason, never green. A value on a limit has reached it.",
    "",
    "Times are numbers of seconds or texts such as `30s`, `5m`, `24h`, `7d`; sizes are bytes or texts such as `512 KB`",
    "(powers of 1000) and `2 GiB` (powers of 1024). Regular expressions are JavaScript's in Unicode mode, and are stopped",
    "after a second. `tcp`, `http`, `tls` and `prometheus` connect from where watchbook runs; everything else happens on the",
    "target.",
    "",
    "`within` is the time that the book gives to what is looked at: beyond it, a server has **failed** to answer. The limit of",
    "the probe itself (`timeoutMs`, 10 s unless given) ends in **unknown**.",
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
  },
  noBands: "No default limits: without limits in the book the kind judges by itself, or a value is unknown.",
  lead: (name, does) => `**${name}.** ${does}`,
  list: (of) => `list of (${of})`,
  unit: (unit) => (unit ? `Unit: ${unit}.` : "The unit is the one given with `value`."),
  every: (seconds) => `Read every ${seconds} s by the daemon, unless the book says.`,
  bands: (bad, warn, critical) =>
    `Default limits: warn at ${warn} and ${bad}, critical at ${critical} and ${bad}; limits of the book replace them.`,
  notes: {
    cpu: "Busy is everything but idle and waiting for disks. 100 % are all CPUs, also for processes.",
    memory:
      "Used is what MemAvailable leaves: caches count as free. Resident memory counts pages that processes share in each of them.",
    disk: "As `df` counts: what only root may write is neither used nor free. A directory is measured by `du`, hard links once.",
    forecast:
      "A least-squares line through `window`, of the used share. Falls that come again and again are a rotation: the line then counts up to the next fall only, and the peaks have a line of their own. One clean-up begins a new line. A rotation that is half as late again as ever is not counted on.",
    heartbeat:
      '`curl -fsS -X POST -H "Authorization: Bearer $TOKEN" https://watchbook.example.net/api/heartbeats/nightly-backup?exit=$?` at the end of the job; `?state=start` at its beginning, where wanted. Never reported: unknown until it was due since it was first seen, then a failure. A failure stays one until an attempt has ended well.',
    "disk-growth":
      "The first run only keeps its figure. Abnormal is growth that reaches both `jump` and the usual growth (median and six deviations of the earlier runs).",
    process: "A pid file whose number was taken over by another program is found out only with a `pattern`.",
    connections: "Read from the kernel's tables. `ss -l` and `netstat -l` count listeners, which is another figure.",
    tcp: "Refused, reset, hung up, no answer, unreachable host and unknown name are distinct failures.",
    http: "Everything that is asserted must hold; then the limits judge the answer time, or the number that `value` reads.",
    prometheus:
      "The value needs limits of the book. An empty answer, NaN, infinity, a warning, an error and no answer are unknown: what could not be measured is not green. `absent: 0` says that no series means none. Each series of a vector is judged alone and the worst counts; ask for `sum(…)` to have one.",
    tls: "Days and share of life are those of the certificate that ends first, the leaf at the port or in the file; the chain above it is reported apart. Expired, wrong name, wrong key and renewed-but-not-served fail whatever the limits say. With `measure: days` the book must give limits.",
    newest:
      "A date in the name (20261120, 2026-11-20, 20261120-0230) wins over the time of change. An empty directory is no backup.",
    "log-errors":
      "Lines are counted by the time they carry, in the busiest window. The first run only keeps its figures. A spike reaches `floor` lines, `factor` times the usual, and six deviations above it.",
    load: "A task that waits for a disk counts too: a load of 4 on 2 CPUs that are idle is a slow disk.",
    ping: "Needs ping(8) of iputils or busybox on the target, and the right to use it. No answer at all fails; where the network itself says that there is no way it is unknown. Many networks drop echo requests on purpose: `tcp` asks for what users need.",
    dns: "Only the answer counts, the hosts file does not. Records are compared as a zone file has them, in lower case: `10 mail.example.net` (MX), `0 5 5060 sip.example.net` (SRV). A server that was named and does not answer has failed; that this machine's own does not is unknown.",
    clock:
      "What the way takes is not counted as deviation, `may be off by` says how much that was. A target with this machine's own kernel has this machine's clock: without `server` there is nothing to compare it with.",
    watchbook:
      "Two machines that watch each other: whoever is left tells. It asks `/health`. No answer and a refused connection fail, so does one that answers and reads nothing, or cannot write; clocks that are apart too. Its sentence about its own troubles comes with it.",
    workload:
      "Its target is of kind `systemd`, `compose` or `kubernetes`. What is just starting, or was restarted a moment ago, is unknown: it may be in a loop.",
    sql: "A database that refuses connections, is starting, is full or does not answer in time has failed; one that refuses the account that asks, or the statement, is unknown. Give it an account that may read what it asks for and nothing else.",
    replication:
      "Asked of the replica. `received = applied` alone would be green behind a dead primary, and the age of the last transaction red behind an idle one: it is level only while it streams, and late only while something received is not applied. One that follows nobody fails: it may have been promoted.",
    version:
      "Numbers between dots are compared one by one, `2.9` is older than `2.10`; what follows `-`, `+` or `~` is not compared. A program that prints no version is unknown.",
    redis:
      "Measured is memory in use. One that does not answer, is another role than `role`, has lost its master, or could not write its last snapshot or log has failed, whatever its memory; one that refuses the account is unknown. A password is no argument of a process.",
    container:
      "Measured are restarts within the window by the engine's own policy, of the worst container; `docker restart` is none. Of what happened before the first look only the last start is known. One that is not there, does not run, is unhealthy or was killed for memory has failed. The program that asks must be allowed to ask Docker.",
    permissions:
      "Found stands left of the arrow, wanted right of it. What may not be looked at is unknown. `below` needs find(1) of GNU.",
    "log-fields":
      "Lines must stand in the order of their times. A field of `where` that no line has, and a log that is mostly no JSON, are unknown. Quantiles are values that were seen.",
    machine:
      "What is not demanded is not looked at. A link that is down, or a virtual one, has no speed: where none has one it is unknown. Programs and their versions: kind `version`.",
    command:
      "Exit codes 126 and 127 are a shell script's words for no permission and not found: unknown, unless listed in `exit`.",
  },
  recipes: [
    "## Latency and error rate",
    "",
    "Latency is the value of `http` (the answer time) and of `tcp` (the connection time), in seconds: a limit of 500 ms is",
    "`warn: 0.5`. A service that measures itself is read with `value`:",
    "",
    "```yaml",
    "checks:",
    "  message-latency:",
    "    kind: http",
    "    params: { url: http://127.0.0.1:8080/metrics.json, value: { json: .latency.p95_ms, unit: seconds, scale: 0.001 } }",
    "    bands: { bad: above, warn: 0.5, critical: 1 }",
    "  error-rate:",
    "    kind: command",
    '    params: { argv: [node-cli, stats], value: { regex: "errors: ([0-9.]+) %", unit: "%" } }',
    "    bands: { bad: above, warn: 1, critical: 5 }",
    "```",
    "",
  ].join("\n"),
};

const zh: Words = {
  intro: [
    "# 检查种类",
    "",
    "<!-- 由 scripts/gen.ts 根据各检查种类生成：请勿手改。 -->",
    "",
    "一个检查就是一次探测。结果是通过、警告、失败或**未知**：缺少程序、没有权限、超时、输出读不懂都是未知并写明原因，",
    "绝不算绿。数值等于限值即为达到。",
    "",
    "时间写秒数，或 `30s`、`5m`、`24h`、`7d` 这样的文字；大小写字节数，或 `512 KB`（1000 进制）、`2 GiB`（1024 进制）。",
    "正则表达式是 JavaScript 的 Unicode 模式，运行一秒即被中止。`tcp`、`http`、`tls`、`prometheus` 从 watchbook 所在的机器发起连接，",
    "其余都在对象上进行。",
    "",
    "`within` 是手册给被查对象的时间：超过了就是对方**失败**。探测自身的时限（`timeoutMs`，默认 10 秒）到了则是**未知**。",
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
  },
  noBands: "没有默认限值：手册不给限值时由检查自己判定，或数值为未知。",
  lead: (name, does) => `**${name}**：${does}`,
  list: (of) => `列表（${of}）`,
  unit: (unit) => (unit ? `单位：${unit}。` : "单位由 `value` 给出。"),
  every: (seconds) => `手册没有另写时，守护进程每 ${seconds} 秒读一次。`,
  bands: (bad, warn, critical) => {
    const side = bad === "above" ? "及以上" : "及以下";
    return `默认限值：${warn} ${side}为警告，${critical} ${side}为严重；手册给出的限值取而代之。`;
  },
  notes: {
    cpu: "除空闲和等待磁盘以外都算忙。全部 CPU 合计为 100 %，按进程算时也一样。",
    memory: "已用等于总量减 MemAvailable：缓存算空闲。各进程共享的内存页在每个进程里都计入常驻内存。",
    disk: "与 `df` 的算法一致：只有 root 可写的部分既不算已用也不算空闲。目录用 `du` 统计，硬链接只算一次。",
    forecast:
      "对 `window` 内的已用比例作最小二乘直线。反复出现的回落视为日志轮转：直线只算到下一次回落，各峰值另作一条直线。单次清理之后从头画线。轮转比以往最长间隔再迟一半，就不再指望它。",
    heartbeat:
      '任务末尾执行 `curl -fsS -X POST -H "Authorization: Bearer $TOKEN" https://watchbook.example.net/api/heartbeats/nightly-backup?exit=$?`；需要时在开头用 `?state=start`。从未上报：自首次看到起到期之前为未知，之后为失败。失败之后，直到有一次成功结束才算恢复。',
    "disk-growth": "首次运行只记下数字。增长既达到 `jump`、又达到平时水平（历次运行的中位数加六倍偏差）才算异常。",
    process: "PID 文件里的进程号若已被别的程序占用，只有同时写了 `pattern` 才能发现。",
    connections: "取自内核的连接表。`ss -l`、`netstat -l` 数的是监听者，是另一个数。",
    tcp: "拒绝、重置、挂断、无应答、主机不可达、名字不存在，是互不相同的失败。",
    http: "所写的要求必须全部成立；之后由限值判定应答用时，或 `value` 读出的数。",
    prometheus:
      "数值须由手册给出限值。结果为空、NaN、无穷大、带警告、出错、无应答都算未知：没测到就不算绿。`absent: 0` 表示没有序列就是零。向量中每个序列分别看，取最差的；要一个总数请写 `sum(…)`。",
    tls: "天数和剩余比例取最先到期的那张站点证书，不论它在端口还是在文件里；其上的证书链另列。过期、名字不符、私钥不配、续期未生效，不管限值如何都是失败。`measure: days` 时手册必须给出限值。",
    newest: "名字中的日期（20261120、2026-11-20、20261120-0230）优先于改动时间。空目录不算备份。",
    "log-errors":
      "按行内的时间计数，取最忙的时间窗。首次运行只记下数字。激增须同时达到 `floor` 行、平时的 `factor` 倍，以及平时之上六倍偏差。",
    load: "等待磁盘的任务也算在内：两个 CPU 都空闲而负载为 4，说明磁盘慢。",
    ping: "需要对象上有 iputils 或 busybox 的 ping(8)，并有权使用。完全没有应答为失败；网络本身说无路可达为未知。许多网络有意丢弃回显请求：要问用户真正需要的，用 `tcp`。",
    dns: "只看应答，不看 hosts 文件。记录按区域文件的写法、以小写比较：`10 mail.example.net`（MX）、`0 5 5060 sip.example.net`（SRV）。指名的服务器没有应答是失败；本机所用的服务器没有应答是未知。",
    clock:
      "路上的用时不算偏差，“可能误差”写明有多少。与本机同一内核的对象用的就是本机的时钟：不写 `server` 就无从比较。",
    watchbook:
      "两台机器互相值守：剩下的一台会告诉人。它问的是 `/health`。没有应答、拒绝连接为失败；有应答但不读取检查或写不下去也是失败；时钟相差太多也是。它自身的问题会一并说明。",
    workload: "对象的种类是 `systemd`、`compose` 或 `kubernetes`。正在启动的、刚重启的为未知：可能在反复重启。",
    sql: "拒绝连接、正在启动、连接已满、超时不答的数据库是失败；不让查询账号进入或不接受语句为未知。给它一个只能读所查内容的账号。",
    replication:
      "在从库上问。只看“收到的都已应用”，主库死了也是绿的；只看最后一个事务的时间，主库空闲也是红的：只有正在接收时才算跟上，只有收到而未应用时才算落后。没有跟随任何主库的算失败：它可能已被提升。",
    version: "点与点之间的数字逐个比较，`2.9` 低于 `2.10`；`-`、`+`、`~` 之后的不比较。没有打印版本的程序为未知。",
    redis:
      "测的是内存使用率。不应答、角色不符、与主节点断开、最近一次快照或日志没写成，不论内存多少都是失败；拒绝账号的为未知。密码不会成为进程的参数。",
    container:
      "测的是时间窗内引擎按重启策略重启的次数，取最多的容器；`docker restart` 不算。第一次查看之前的事，只知道最后一次启动。不存在、没在运行、不健康、因内存被杀，都是失败。查看者须有权询问 Docker。",
    permissions: "箭头左边是现状，右边是要求。没有权限看的为未知。`below` 需要 GNU 的 find。",
    "log-fields":
      "各行须按时间先后排列。`where` 的字段没有一行带有，或大半不是 JSON 的日志，都为未知。分位数取实际出现过的值。",
    machine: "没有要求的不看。断开的或虚拟的网络链路没有速率：一个都没有时为未知。程序及其版本请用 `version`。",
    command: "退出码 126、127 是 shell 脚本表示没有权限、找不到命令：结果为未知，除非列在 `exit` 里。",
  },
  recipes: [
    "## 延迟与错误率",
    "",
    "延迟就是 `http` 的值（应答用时）和 `tcp` 的值（连接用时），单位为秒：500 毫秒的限值写作 `warn: 0.5`。",
    "服务自己统计的数用 `value` 读取：",
    "",
    "```yaml",
    "checks:",
    "  message-latency:",
    "    kind: http",
    "    params: { url: http://127.0.0.1:8080/metrics.json, value: { json: .latency.p95_ms, unit: seconds, scale: 0.001 } }",
    "    bands: { bad: above, warn: 0.5, critical: 1 }",
    "  error-rate:",
    "    kind: command",
    '    params: { argv: [node-cli, stats], value: { regex: "errors: ([0-9.]+) %", unit: "%" } }',
    "    bands: { bad: above, warn: 1, critical: 5 }",
    "```",
    "",
  ].join("\n"),
};

export const prose: Readonly<Record<Lang, Words>> = { en, zh };
