import { fold, words } from "./matcher.ts";
import type { Words } from "./matcher.ts";

/** Words of a checklist item that a kind of check could answer. `alone`: it needs no more than the machine it runs on. */
interface Metric {
  readonly kinds: readonly string[];
  readonly alone: boolean;
  readonly words: Words;
}

const list = (...lines: readonly string[]): Words => words(lines.flatMap((line) => line.split("|")));
const listBut = (line: string, not: string): Words => words(line.split("|"), not.split("|"));
const asking = (kinds: readonly string[], words: Words): Metric => ({ kinds, alone: false, words });
const machine = (kind: string, words: Words): Metric => ({ kinds: [kind], alone: true, words });

/** Most special first: what one entry matched is cut out before the next one looks. */
const METRICS: readonly Metric[] = [
  asking(
    ["disk-growth"],
    list(
      "磁盘使用率是否有异常增长|磁盘使用率增长|磁盘使用增长|磁盘异常增长|磁盘空间增长|磁盘增长|增长趋势",
      "disk growth|disk usage growth|growth of disk usage|abnormal growth",
    ),
  ),
  machine("cpu", list("cpu 使用率|cpu 使用|cpu 占用率|cpu 占用|cpu usage|cpu utilization|cpu utilisation|cpu|处理器")),
  machine(
    "memory",
    listBut("内存使用率|内存使用|内存占用|内存|memory usage|memory utilization|memory|ram", "内存泄漏|memory leak"),
  ),
  machine(
    "disk",
    listBut(
      "磁盘使用率|磁盘使用|磁盘空间|磁盘占用|磁盘|硬盘空间|硬盘|disk usage|disk space|disk utilization|disk",
      "磁盘io|磁盘 io|磁盘 i/o|磁盘读写|磁盘阵列|磁盘坏道|disk io|disk i/o|disk error|disk health",
    ),
  ),
  asking(
    ["connections"],
    listBut(
      "连接总数|连接数|在线连接|number of connections|connection count|connections",
      "connections between|connections with|cable connections|power connections",
    ),
  ),
  asking(
    ["log-errors"],
    list(
      "日志异常|异常日志|日志错误|错误日志|日志报错|日志告警|日志中的错误|日志是否有",
      "error spike|log errors|errors in the logs|errors in logs|error logs|logs for errors|log anomalies",
    ),
  ),
  asking(
    ["newest"],
    list(
      "备份目录|备份存在|备份任务|最新备份|昨夜备份|备份是否成功|备份是否完成|备份状态|备份结果",
      "latest backup|last backup|last night's backup|nightly backup|backup exists|backups exist|backup completed|backup ran|newest backup|backup status",
    ),
  ),
  asking(
    ["tls"],
    listBut(
      "tls 证书|ssl 证书|https 证书|证书有效期|证书过期|证书到期|证书|tls certificate|ssl certificate|certificate expiry|certificate",
      "证书权限|证书文件权限|证书申请|证书备份|资质证书|客户端证书|certificate permission|certificate request|certificate authority|client certificate|certificate backup",
    ),
  ),
  asking(
    ["tcp"],
    list("网络连通性|网络连通|连通性|端口监听|端口可达|network connectivity|connectivity|open port|ports reachable"),
  ),
  asking(
    ["http"],
    list("健康检查接口|健康检查|接口可用|网站可访问|health endpoint|health check|/health|website reachable"),
  ),
  asking(
    ["process", "http", "command"],
    list(
      "节点状态|服务状态|运行状态|进程状态|服务运行|进程",
      "node status|service status|services are running|process status|processes are running|running process",
    ),
  ),
];

/** Work on something, not a look at it: no reading can do it. */
const ACTION = list(
  "清理|扩容|更换|升级|更新|修复|重启|迁移|演练|归档|整理|优化|轮换|安装|编写|规划|续期",
  "clean|clean up|cleanup|purge|prune|expand|extend|replace|upgrade|update|fix|restart|migrate|drill|archive",
  "optimize|optimise|rotate|install|write|plan|renew|restore|patch",
);

/** Words behind which the action is past or only named: 升级前, 更新记录. */
const NAMED_ONLY = /^.{0,6}(?:前|后|是否)|^ ?(?:状态|情况|记录|结果|status|result|history)/u;
const LEAD = /^(?:请|定期|每日|每天|每周|每月|及时|按需|必要时|please |regularly )+/u;

/** The item begins with work to be done: 清理临时文件, renew the licence. No reading can do it. */
export function isWork(item: string): boolean {
  const text = fold(item.slice(0, LONGEST)).replace(LEAD, "");
  const verb = ACTION.starts(text) ? ACTION.find(text) : undefined;
  return verb !== undefined && !NAMED_ONLY.test(text.slice(verb.length));
}

/** Words around a metric that change nothing: looking, the machine as a whole, being in order. */
const AROUND = list(
  "检查|查看|确认|监控|巡检|观察|核对|查询|记录|资源使用|资源|系统|主机|本机|服务器|使用率|使用情况|使用|占用",
  "空间|情况|水位|是否|正常|异常|健康|余量|剩余|和|与|及|以及|的",
  "check|look at|review|verify|monitor|inspect|confirm|watch|note|the|of|on|and|is|are|for|system|host",
  "machine|server|resource|usage|utilization|utilisation|use|space|free|left|enough|normal|ok|healthy|level",
);
const AROUND_ALL = new RegExp(AROUND.pattern.source, "g");

export interface ItemMetrics {
  /** Words found, as folded, each with the kinds of check that could answer it, likeliest first. */
  readonly found: readonly { readonly words: string; readonly kinds: readonly string[]; readonly alone: boolean }[];
  /** Those of `own` that stand in the item. */
  readonly own: readonly string[];
  /**
   * The item asks for these metrics of the machine and nothing else, so their checks decide it. Otherwise something
   * stands beside them (whose memory? what growth?) that only a declaration can settle.
   */
  readonly certain: boolean;
}

/**
 * Metrics that a checklist item asks for. `own` are metrics of the book's threshold tables and declared checks, which
 * count as words too. An item that asks for work (clean up the disk) has none.
 */
export function metricsOf(item: string, own: readonly string[] = []): ItemMetrics {
  let rest = fold(item.slice(0, LONGEST));
  if (ACTION.in(rest)) return { found: [], own: [], certain: false };
  const ours: string[] = [];
  for (const metric of own) {
    const folded = fold(metric);
    if (folded === "" || !rest.includes(folded)) continue;
    ours.push(metric);
    rest = rest.replaceAll(folded, " ");
  }
  const found: ItemMetrics["found"][number][] = [];
  for (const { kinds, words: names, alone } of METRICS) {
    const name = names.find(rest);
    if (name === undefined) continue;
    found.push({ words: name, kinds, alone });
    rest = rest.replaceAll(name, " ");
  }
  const left = rest.replace(AROUND_ALL, " ").replace(/[\p{P}\p{S}\s]+/gu, "");
  return { found, own: ours, certain: item.length <= LONGEST && left === "" && found.length + ours.length > 0 };
}

/** An item longer than this is prose; what stands further back never makes it certain. */
const LONGEST = 500;
