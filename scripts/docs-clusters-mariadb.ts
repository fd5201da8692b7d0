import type { Lang } from "../src/model/lang.ts";

const en = [
  "**What MariaDB needs.** GTID (`MASTER_USE_GTID=slave_pos`), `log_bin` and `log_slave_updates` on every member, a `server_id` each, one",
  "domain. `connect.user` has all privileges; that of `follow` has REPLICATION SLAVE. The configuration of every member reads the file",
  "`role` last (in Debian's `mariadb.conf.d` its name comes behind all others); nobody else writes it.",
  "",
  "**Role and fence.** `read_only` stops no account with all privileges, so it is no fence. Who is put aside gets `innodb_read_only` as",
  "well: started again it takes nobody's write, and after a crash it does not even come up. (Tables of other engines stay open to",
  "privileged accounts.) Taking the file away by hand lets it come up as it was, as a second primary. The proof of the fence asks for a",
  "write as `connect.user`: that a lesser account is refused proves nothing, and a replica is not fenced either.",
  "",
  "**Behind, and lost.** Positions are the sequence numbers of the main domain. Of a primary that is gone they are read from the binary",
  "log on its disk, so that *lag* is known then too. Before a promotion the replica receives no more and applies what it has. It is at",
  "the end when it has read all and no worker is busy: a transaction that came only in part is not waited for. What is not there is told",
  "as `LOST`: `partial 1: after 0-1-41`, or `unapplied 5: 0-1-42..0-1-46` where the book says",
  "`undrained: lose`. Do not restart a replica whose primary is dead: MariaDB throws away what it had received and not applied.",
  "",
  "**Semi-synchronous.** With `synchronous: true` a joined replica confirms each commit (`AFTER_SYNC`), and both are written into `role`.",
  "`state` tells as `sync` whether commits wait *now*: after `wait`, or its own `rpl_semi_sync_master_timeout`, a primary goes on alone",
  "while its setting still says ON. Until `rejoin` has been run once for the replica, the server's own settings count.",
  "",
  "**Rejoin.** MariaDB cuts nothing away. Whoever has transactions that the primary lacks stays aside, and the run names them",
  "(`0-1-42..0-1-46`); `mariadb-binlog` on its binary log shows what they are. With `clone` it is copied anew from the primary; its old",
  "data is kept beside it as `DATA.watchbook-kept-NUMBER-TIME`. Joined is who applied what the primary wrote after it came.",
  "",
].join("\n");

const zh = [
  "**MariaDB 需要什么。** GTID（`MASTER_USE_GTID=slave_pos`），每个成员都开 `log_bin` 和 `log_slave_updates`，各有自己的 `server_id`，只用一个",
  "域。`connect.user` 拥有全部权限；`follow` 的账号有 REPLICATION SLAVE。每个成员的配置最后读到文件 `role`（在 Debian 的 `mariadb.conf.d`",
  "里，它的名字排在最后）；别人都不写它。",
  "",
  "**角色与隔离。** `read_only` 挡不住拥有全部权限的账号，所以它不是隔离。被隔离的成员还会得到 `innodb_read_only`：再启动时不接受任何人的",
  "写入，崩溃之后甚至起不来。（其他引擎的表对特权账号仍然敞开。）手工拿掉这个文件，它就照原样起来，成为第二台主库。隔离的证明以",
  "`connect.user` 试写：权限更少的账号被拒绝什么也证明不了，备库也不算被隔离。",
  "",
  "**落后与丢失。** 位置是主域的序号。主库没了时，从它磁盘上的二进制日志读出，所以那时也知道*落后*多少。升主之前，备库不再接收，先应用完",
  "已有的内容。读完全部、没有工作线程在忙，就算到头：只到了一部分的事务不会等。缺少的内容写作 `LOST`：`partial 1: after 0-1-41`，",
  "或者在手册写了 `undrained: lose` 时写作 `unapplied 5: 0-1-42..0-1-46`。主库已死时不要重启备库：MariaDB 会扔掉收到而未",
  "应用的内容。",
  "",
  "**半同步。** 写了 `synchronous: true` 时，加入的备库确认每一次提交（`AFTER_SYNC`），两边都写进 `role`。`state` 以 `sync` 说明提交*此刻*是否",
  "在等待：超过 `wait`，或它自己的 `rpl_semi_sync_master_timeout`，主库会自行继续，而设置仍然显示 ON。在对备库执行过一次 `rejoin` 之前，以",
  "服务器自己的设置为准。",
  "",
  "**重新加入。** MariaDB 什么也不切掉。有主库所没有的事务的成员保持隔离，执行会写出这些事务（`0-1-42..0-1-46`）；用 `mariadb-binlog` 看它的",
  "二进制日志就知道内容。写了 `clone` 时从主库重新复制一份；旧数据留在旁边，名为 `数据目录.watchbook-kept-序号-时间`。加入了的，是应用了主库在",
  "它到来之后所写内容的成员。",
  "",
].join("\n");

/** What a reader has to know of MariaDB beyond its parameters. */
export const mariadbProse: Readonly<Record<Lang, string>> = { en, zh };
