import type { Same } from "../same.ts";
import type { restoreReasons as source } from "../en/restore-reasons.ts";

/** 恢复为何如此结束：`steps.reasons` 的键。 */
export const restoreReasons: Same<typeof source> = {
  "restore-is-undo": "只有作为某一步的撤销，才能恢复原状。",
  "restore-from": "没有可供恢复的存放处 {from}；现有 {known}。",
  "restore-fetch-cut": "备份集 {set} 未能完整地从 {place} 取来：{detail}。已取来的保留到本次恢复清理为止。",
  "restore-proof-part": "只有完整的恢复才能证明备份集：本次只要求了其中几步。请去掉 --step 重新执行。",
  "restore-proof-unkept": "{place} 记不下 {set} 已恢复过（{detail}）：只有本证据能证明，那边的清理并不知道。",
  "restore-over-not": "备份种类 {kind} 恢复出来的东西不能取代在用的。",
  "restore-over-link": "{path} 是指向 {to} 的链接：请写它所指的目录。",
  "restore-over-mount": "{path} 上挂载着另一个文件系统，不能改名。请改用其下的目录。",
  "restore-over-in-use": "{path} 仍被进程 {pids} 使用：本该停掉它的步骤没有停住。没有改名。",
  "restore-over-other": "{path} 不是 {kind} 的数据目录：什么都没动。",
  "restore-over-spaces": "有表放在数据目录之外（{path}）：无法靠改名就位。",
  "restore-over-kept": "原来在用的保留在 {paths}；确认没人缺什么之后再删除。",
  "restore-over-some":
    "副本里只有 {databases}：放到服务的位置上，就只剩下这些。请隔开恢复后由人导入，或备份全部数据库。",
  "restore-over-roles":
    "转储里的角色没有密码（{file}）：谁也登录不了。让备份用户成为超级用户，或者隔开恢复后由人设置。",
  "restore-over-settings": "{path} 里没有可保留的服务设置：转储恢复出的服务不带设置。请由人就位。",
  "restore-over-anew":
    "接替 {path} 的是一个新的实例（时间线 {line}）：从库要重建，归档要知会（pgbackrest stanza-upgrade），并取一份备份。",
  "restore-over-unconfirmed":
    "它会替换正在使用的内容，而确认写的是 {given}：什么都没做。确实是这个备份和这个备份集，请写 --param CONFIRM={wanted}。",
  "restore-point":
    "{point} 不是时点：可写 latest、set（取时的原样）、带时区的时间（2026-11-20T08:33:00Z）、name:…、xid:…、gtid:…。",
  "restore-no-place": "{path} 已不在：对象自己清掉了，或有人删了。",
  "restore-torn": "恢复出的 {rows} 的 {looked} 行中有 {torn} 行与恢复出的 {files} 不符；第一处：{first}",
  "restore-newer": "副本的版本是 {copy}，比这里的服务器（{server}）新：请用该版本或更新的版本恢复。",
  "restore-no-log": "到不了 {point}：副本之后没有日志。只能恢复副本本身（`set`）。",
  "restore-point-kind": "这个种类不认识时点 {point}。",
  "restore-log-gap": "缺日志 {file}：它之后的都无法恢复。副本本身可以恢复（`set`）。",
  "restore-log-foreign": "日志 {file} 接不上：它属于另一台服务器，或已重新开始。",
  "restore-log-damaged": "日志 {file} 已损坏：{detail}。损坏处之前的时点仍可恢复。",
  "restore-not-replayed": "日志未能重放：{detail}",
  "restore-no-rows": "恢复出的 {rows} 没有可核对的行：这什么也证明不了。",
  "restore-other-version": "副本的版本是 {copy}，此处的程序是 {here}：请安装该版本，或在 `programs` 中写明它的目录。",
  "restore-other-cluster": "{path} 中的 {file} 属于另一个集群：其标识为 {seen}，副本为 {own}。请写本集群的归档。",
  "restore-path-long": "{path} 放不下套接字（连同名字最多 107 字节）：请选更短的 `restore.into`。",
  "restore-no-archive": "只能恢复到副本结束时，到不了 {point}：该部分没有写明 WAL 归档。",
  "restore-wal-gap": "{path} 中缺少 {file}，而后面的文件还在：恢复会停在那里并丢失其余部分。请找回它，或选更早的时点。",
  "restore-wal-damaged":
    "恢复停在 {lsn}，在 {file} 中间，该处已损坏：此后的内容丢失。请找回完好的文件，或选更早的时点。",
  "restore-point-early": "{point} 早于副本结束的时间（{from}）：请选更旧的备份集。",
  "restore-point-late": "{path} 止于 {end}：无从得知直到 {point} 发生了什么。",
  "restore-point-absent": "该备份集之后，{path} 中没有 {point}。",
  "restore-point-missed": "恢复在到达 {point} 之前就结束了；最后一个事务在 {end}。",
  "restore-rebooted": "{path} 恢复时没有等待落盘，之后主机重启过：请把该备份集重新恢复一次",
  "restore-not-started": "恢复出的服务起不来：{detail}",
  "restore-errors": "恢复 {database} 时出现 {errors} 个错误；第一个：{detail}",
};
