import type { clusters as source } from "../en/clusters.ts";
import type { Same } from "../same.ts";
import { clusterFields } from "./cluster-fields.ts";

/** 集群：种类、手册由它生成的步骤、一步为何如此结束。 */
export const clusters: Same<typeof source> = {
  kinds: {
    mariadb: {
      name: "MariaDB",
      does: "一台主库和按 GTID 跟随的备库；10.5 及以上版本，集群为 synchronous 时用半同步。中继日志应用完才升主；已经分叉的成员会被拒绝，或重新复制一份。",
    },
    patroni: {
      name: "Patroni 管理的 PostgreSQL",
      does: "由 Patroni（3.0 及以上版本）运行的成员。要换主库时，经它自己的 REST API 请它来换；演练则看它自己动手。",
    },
    postgres: {
      name: "PostgreSQL",
      does: "一台主库和跟随它的流复制备库；12 及以上版本。用 pg_promote 升主，用 pg_rewind 重新加入。",
    },
  },
  fields: clusterFields,
  steps: {
    "cluster-count": { name: "数丢了什么", does: "停下负载，把得到确认的行与新主库里的行逐行相比。" },
    "cluster-demote": { name: "按序停主库", does: "等备库拿到全部内容后停下；只要没人接替，就能撤销。" },
    "cluster-fault": { name: "打击主库", does: "对此刻的主库注入演练的故障。" },
    "cluster-fence": { name: "隔离旧主库", does: "立即停下它，谁也不能再往那里写；再启动它的人得到的是一台跟随者。" },
    "cluster-follows": {
      name: "证明它在跟随",
      does: "主库看到它在流复制，而它有加入之后写下的内容，且在同一条分支上。",
    },
    "cluster-join": { name: "重新跟随", does: "让被隔离的成员跟随主库；它独自写下的内容被切掉。" },
    "cluster-lag": { name: "落后多少", does: "升主那一刻，备库还没有的、已得到确认的行。" },
    "cluster-load": { name: "负载", does: "经应用的地址写行，逐行记下：已发出、已确认、存疑。" },
    "cluster-look": { name: "谁是什么", does: "每个成员一行：角色、版本、位置。" },
    "cluster-pin": { name: "留住一个会话", does: "在主库上留住一个会话，之后让它试着写。" },
    "cluster-promote": { name: "新主库", does: "让内容最多的备库升主。" },
    "cluster-recovered": { name: "已恢复", does: "记下一切重新成立的时刻。" },
    "cluster-refuses": {
      name: "证明已隔离",
      does: "旧主库的进程都已不在；或者它拒绝超级用户的写入，也拒绝之前留住的会话的写入。",
    },
    "cluster-writes": {
      name: "证明写得进去",
      does: "经应用的地址，2 秒以上、20 次以上连续写入得到确认，没有一次出错。",
    },
  },
  reasons: {
    "cluster-behind": "{member}（{state}）只应用到 {applied}，旧主库写到了 {written}：它缺少一部分。",
    "cluster-branches":
      "备库处在不同的历史分支上，看不出哪个更新：{detail}。先看清楚，再指明由谁接替：--param MEMBER=…",
    "cluster-diverged":
      "{member} 有主库没有的事务：{gtids}。它们会丢失；先看清楚，再在 watchbook.yaml 里写上 `clone`，旧数据会留在新数据旁边。",
    "cluster-extra-rows": "新主库里有 {count} 行没有人发过。",
    "cluster-half-rewound":
      "{member} 的回卷开始了却没有结束（{path}）：它的文件既不是自己的，也不是主库的，再回卷一次也察觉不到。加上 --param COPY=yes 再执行：从主库重新复制，现有的留在旁边。",
    "cluster-keeper-alone":
      "没有成员确认提交：Patroni 没有列出同步备库。设置 `synchronous_mode: true`（patronictl edit-config），或者从 watchbook.yaml 去掉 `synchronous`。从 {member} 看到。",
    "cluster-keeper-not-joined":
      "Patroni 没有把 {member} 带回来：{detail}。请看它的日志；`patronictl reinit` 会从主库重新复制这个成员，它独自写下的内容随之消失。",
    "cluster-keeper-refused": "Patroni 拒绝：{detail}",
    "cluster-kept":
      "{member} 由 Patroni 运行（它的数据目录里有 patroni.dynamic.json）：背着它改角色，会被它改回去。请在 watchbook.yaml 里把这个集群写成 `kind: patroni`；如果已不再用 Patroni，就删掉那个文件。",
    "cluster-load-gone": "还没让负载停，它就停了：{detail}",
    "cluster-load-silent": "负载经应用的地址每秒写不到 {rate} 行：{detail}",
    "cluster-no-candidate": "没有成员可以接替：{detail}",
    "cluster-no-connection": "无法询问服务器：{detail}",
    "cluster-no-copy": "{member} 无法重新复制：请在 watchbook.yaml 里写上 `clone`。",
    "cluster-no-data": "{path} 到不了或写不了：它是数据目录吗，归谁所有？",
    "cluster-no-keeper":
      "{member} 的 Patroni 没有应答（{detail}）。启动它，或在 watchbook.yaml 里写明它的 `patroni.url`。",
    "cluster-no-member": "没有名为 {name} 的成员；有的是 {known}。",
    "cluster-no-old": "所有成员都在跟随，没有一个是或曾是主库：{detail}",
    "cluster-no-pin": "留住的会话已经不在：{path}。",
    "cluster-no-primary": "没有主库：{detail}",
    "cluster-no-session": "留不住会话：{detail}",
    "cluster-no-store":
      "{member} 的 Patroni 到不了它的存储（etcd、Consul、ZooKeeper 等）。没有存储，谁也不能继续当主库：先恢复存储，Patroni 随后会自行继续。",
    "cluster-no-upstream": "无法询问 {host}:{port} 上的主库：{detail}",
    "cluster-not-copied": "无法复制主库：{detail}",
    "cluster-not-drained":
      "{member} 还没有应用完收到的内容：剩下 {left} 个事务（{detail}）。等一等再试，或在 watchbook.yaml 里写 `undrained: lose`。",
    "cluster-not-fenced":
      "{member} 没有被隔离：它的进程还在，可能继续运行（{detail}）。在别处开始写入之前，先停下那台主机。",
    "cluster-not-in-order": "旧主库没有按序停下（它说：{detail}）：最后写的内容可能丢失。",
    "cluster-not-privileged":
      "{member} 拒绝 {user} 的写入什么也证明不了：这个账号是被 read_only 挡住的，别的账号不会。给 `connect.user` 全部权限。",
    "cluster-not-promoted": "备库没有升为主库：{detail}",
    "cluster-not-recovered":
      "{seconds} 秒之内，新主库（分支 {wanted}）没有在 2 秒以上连续确认 20 次写入；各分支确认的次数：{detail}",
    "cluster-not-rewound": "pg_rewind 没有做成：{detail}",
    "cluster-not-started": "服务器起不来：{detail}",
    "cluster-not-stopped": "服务器的进程还在：{detail}",
    "cluster-not-streaming": "{member} 没有从主库流复制：{detail}",
    "cluster-not-most":
      "{member} 在 {has}，{best} 在 {most}：{member} 缺少的内容会丢失。让 {best} 接替，或者给出 --param FORCE=yes。",
    "cluster-other": "有成员属于另一个集群：它是 {seen}，其他的是 {wanted}。",
    "cluster-paused":
      "Patroni 已暂停（从 {member} 看到）：它不维持主库，也不替换任何成员。先弄清是谁、为何暂停，再执行 `patronictl resume`。",
    "cluster-pin-writes": "另一台升主之后，之前的会话仍写进了 {member}。",
    "cluster-primary-alive":
      "{member} 是主库并且应答：改用主备互换（switchover），不丢任何内容；或者给出 --param FORCE=yes。",
    "cluster-replaced": "{member} 不能再作为主库回来：现在的主库是 {by}。",
    "cluster-role-unread": "服务器的配置最后读到的不是 {path}（它说 {detail}）：再启动它的人得到的角色并非所愿。",
    "cluster-rows": "读不到负载写下的行：{detail}",
    "cluster-still-primary": "{member} 在运行，又不在跟随：先把它隔离。",
    "cluster-takes-writes": "另一台升主之后，{member} 仍接受了超级用户的写入。",
    "cluster-two-primaries": "不止一个成员说自己是主库：{members}。先隔离其中一个，再做别的。",
    "cluster-none-astray": "没有成员需要、也能够重新跟随：{detail}",
  },
};
