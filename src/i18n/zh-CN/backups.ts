import type { backups as source } from "../en/backups.ts";
import type { Same } from "../same.ts";
import { backupFields } from "./backup-fields.ts";

/** 备份集：命令、列表，以及 docs/backups.zh-CN.md 中的各个种类。 */
export const backups: Same<typeof source> = {
  verbs: {
    backup: {
      does: "备份集：取一份、列出并说明各自值多少、逐字节检查、清理旧的",
      usage:
        "backup list [名称] [--from 存放处] | backup run [名称] [--dry-run] | backup verify [名称] [--set 编号] [--from 存放处] | backup prune [名称] [--execute]",
      examples:
        "watchbook backup list\nwatchbook backup run orders\nwatchbook backup run orders --dry-run\nwatchbook backup verify orders --set r20261120-083300-1f3a5b7c\nwatchbook backup prune orders\nwatchbook backup prune orders --execute",
      exits:
        "0  已完成；list 与不带 --execute 的 prune：已显示\n2  手册或输入有误\n3  失败：不完整的东西不会得到备份集的名字；或者备份集撕裂、损坏\n4  对象无法到达\n5  在等人\n130  被中断",
    },
    restore: {
      does: "显示如何把备份集恢复到与在用环境隔开的地方；加 --execute 就去做、证明、再清掉",
      usage:
        "restore [名称|备份集] [--to latest|时间|name:时点|xid:N|random] [--set 编号|random] [--from 存放处] [--over] [--execute]",
      examples:
        "watchbook restore orders\nwatchbook restore orders --execute\nwatchbook restore orders --to 2026-11-20T08:33:00+08:00 --execute\nwatchbook restore orders --set random --execute\nwatchbook restore r20261120-083300-1f3a5b7c --execute --json\nwatchbook restore orders --from 2 --execute\nwatchbook restore orders --over --execute",
      exits:
        "0  计划完整；带 --execute：已恢复，全部成立，并已清掉\n2  手册或输入有误\n3  恢复不了，或有一项不成立\n4  对象无法到达\n5  在等人\n130  被中断",
    },
  },
  options: {
    "backup.env": "环境；对象自己没写明时需要",
    "backup.by": "谁要求的：手册中的人员（默认：登录名）",
    "backup.reason": "为什么做；写入记录",
    "backup.output-file": "同时把证据以 KEY=VALUE 行写入此文件",
    "backup.detach": "交给守护进程，立即结束",
    "backup.yes": "不要求键入受保护环境的名字",
    "backup.no-ask": "终端上什么都不问",
    "backup.dry-run": "run：只显示计划",
    "backup.execute": "prune：删除不再保留的；不带它只显示",
    "backup.outside-window": "run：不在备份时段内也开始",
    "backup.from": "list、verify：查看这个第二存放处，写编号（第一个是 2）或名字（默认：备份库本身）",
    "backup.set": "verify：检查这一份（默认：最近一份）",
    "restore.env": "环境；对象自己没写明时需要",
    "restore.by": "谁要求的：手册中的人员（默认：登录名）",
    "restore.reason": "为什么做；写入记录",
    "restore.output-file": "同时把证据以 KEY=VALUE 行写入此文件；空跑会标明",
    "restore.detach": "交给守护进程，立即结束",
    "restore.yes": "不要求键入受保护环境的名字",
    "restore.no-ask": "终端上什么都不问",
    "restore.to":
      "时点：latest（默认）、带时区的时间、name:时点、xid:N、gtid:D-S-N、set（备份集当时的样子）、random 或 random:种子（没有人挑选的时刻）",
    "restore.set": "这一份，或随机一份（默认：在该时点已完成的最新一份）",
    "restore.from": "从这个第二存放处取备份集，写编号（第一个是 2）或名字（默认：备份库本身）",
    "restore.over": "取代在用的：照手册 restore: over 所写去做，先给现状取一份；会问两次",
    "restore.execute": "真正去做；不带它只显示计划，什么也不改",
  },
  list: {
    head: {
      backup: "备份",
      set: "备份集",
      state: "价值",
      taken: "时间",
      size: "大小",
      parts: "部分",
      proof: "证明",
    },
    states: { good: "可用", unproven: "未证明", torn: "撕裂", damaged: "损坏" },
    restored: "{at} 恢复过，{probes} 项探测成立",
    never: "从未恢复过",
    unread: "证明读不懂：请再恢复一次",
    held: "{runs} 正在使用",
    empty: "还没有备份集：watchbook backup run 名称 可取一份。",
  },
  said: {
    nothingGoes: "{name} 没有要清理的备份集；保留 {kept} 份。",
    overWhat:
      "这会取代 {target} 上 {name} 正在使用的内容（{parts}）。现状会先取成一份备份集，并保留在旁边。\n请键入备份的名字：",
    overWhich: "它将变成备份集 {set}（取于 {taken}），时点 {to}。\n请键入备份集的名字：",
    outsideAsk: "{name} 只在 {window}（{zone}）之间开始；下一时段是 {opens}。\n现在仍要开始，请键入它的名字：",
    goes: "将清理 {count} 份；加 --execute 就会删除。最近一次恢复成功的备份集始终保留。",
  },
  kinds: {
    mariadb: { name: "MariaDB", does: "复制运行中服务器的文件（mariadb-backup），配合 binlog 可恢复到任意时点。" },
    "mariadb-dump": { name: "MariaDB 逻辑备份", does: "某一时刻的 SQL 转储：恢复较慢，但任何更新的版本都能用。" },
    redis: { name: "Redis", does: "某一时刻的快照；之后写入的不在其中。" },
    pgbackrest: {
      name: "pgBackRest",
      does: "副本放在 pgBackRest 自己的备份库里；按文字判断其 verify，按标签删除副本。",
    },
    postgres: {
      name: "PostgreSQL",
      does: "把运行中的集群按磁盘原样复制（pg_basebackup），可恢复到 WAL 归档够得着的任一时点。",
    },
    "postgres-dump": {
      name: "PostgreSQL 转储",
      does: "把一个或全部数据库连同角色导出为语句（pg_dump），恢复到全新的服务里。",
    },
    archive: { name: "归档", does: "把目录存成一个 tar 归档，任何 tar 都能打开。" },
    key: { name: "密钥", does: "身份密钥：凡有过的都永久保留，只许属主读取，可加密给接收者。" },
    restic: { name: "restic", does: "把目录存进 restic 的加密仓库；每次检查都完整读取该快照。" },
    volume: { name: "卷", does: "Docker 或 Compose 的卷：使用它的容器静止时，从主机上复制。" },
    files: { name: "文件", does: "一个目录，逐个文件复制。" },
  },
  fields: backupFields,
  errors: {
    "BACKUP-NONE": {
      say: "{file} 中没有声明备份集。",
      fix: "请在其中的 backups: 下写明备份什么、放到哪里（docs/backups.zh-CN.md 有例子），或用 --book 指明另一本手册。",
    },
    "BACKUP-WHICH": { say: "哪一个备份？", fix: "请指明：{known}。" },
    "BACKUP-UNKNOWN": { say: "没有名为“{name}”的备份。", fix: "也许是：{nearest}。" },
    "BACKUP-WORD": { say: "backup 不认识“{word}”。", fix: "也许是：{nearest}。" },
    "BACKUP-NOT-FOR": {
      say: "选项 --{option} 不属于 backup {word}。",
      fix: "watchbook backup --help 说明哪些选项属于哪里。",
    },
    "BACKUP-UNSEEN": {
      say: "{target} 上 {name} 的备份集无法查看（{detail}）。",
      fix: "没看到的备份集不作评价：请让对象可达、目录可读。",
    },
    "BACKUP-NO-SET": {
      say: "手册的各个备份库中都没有备份集 {set}。",
      fix: "watchbook backup list 列出现有的。",
    },
    "BACKUP-KEEP-ALL": {
      say: "备份 {name} 保留所有备份集。",
      fix: "在 watchbook.yaml 中用 keep: { days: 30 } 写明保留什么。",
    },
    "BACKUP-PLACE": {
      say: "备份 {name} 没有存放处“{from}”。",
      fix: "现有：{known}。第二存放处在 watchbook.yaml 的 also: 中声明。",
    },
    "RESTORE-OVER-UNDECLARED": {
      say: "手册没有写明怎样让 {name} 恢复到在用的位置。",
      fix: "请写 restore: { over: { stop: …, start: … } }，说明怎样停、怎样起服务；不带 --over 则隔开恢复。",
    },
    "RESTORE-OVER-SET": { say: "{name} 没有备份集可以取代在用的：{detail}", fix: "watchbook backup list 列出现有的。" },
    "RESTORE-OVER-UNATTENDED": {
      say: "这个终端没有人，也没有别人会被问到 {name} 能否被取代。",
      fix: "请在终端上做，或写明 restore: { over: { approval: { … } } } 并登记有密钥的人员。",
    },
    "RESTORE-OVER-NOT-TYPED": {
      say: "“{given}”不是 {wanted}：什么都没做。",
      fix: "要取代在用的，请一字不差地键入名字。",
    },
    "BACKUP-OUTSIDE-WINDOW": {
      say: "备份 {name} 只在 {window}（{zone}）之间开始；下一时段是 {opens}。",
      fix: "请等到那时，或现在就开始：--outside-window。",
    },
    "RESTORE-POINT": {
      say: "“{point}”不是可恢复到的时点。",
      fix: "可写 latest、带时区的时间（2026-11-20T08:33:00Z）、name:时点、xid:N、gtid:D-S-N、set 或 random（取代在用的时不可用）。",
    },
  },
};
