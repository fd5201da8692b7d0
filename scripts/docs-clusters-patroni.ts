import type { Lang } from "../src/model/lang.ts";

const en = [
  "**What Patroni does and what watchbook does.** Names of members are those that Patroni knows (`name` of its configuration). *State* asks",
  "the servers, and as `keeper` tells what Patroni says: its version, who holds the leader's key, `paused`, `no-store`. *Switchover* is",
  "Patroni's own. *Failover* ends the Patroni of the old primary, then what it left of its server, and asks for a failover to the",
  "candidate; the key of a leader that died is free only when its `ttl` is over. *Rejoin* starts that Patroni and proves that the member",
  "streams; how it is rewound or copied is Patroni's affair. The ledger, the fence's proof and the proof of the writes are the same as",
  "everywhere.",
  "",
  "**Drills.** The fault is by default the death of the whole node, Patroni and server: of a server that is killed alone Patroni makes the",
  "primary again, in place. Nothing is fenced and nobody is asked: watchbook waits for Patroni and measures. `DETECTION` is `keeper` then.",
  "A leader that stands still (fault `stop`) is replaced and not fenced, as long as no watchdog resets its host: *prove the fence*",
  "fails, as it should, because once it goes on it confirms writes that nobody will find again. With Patroni before 3.0.3 and etcd 3 it is",
  "worse: a Patroni that goes on may write its name over that of its successor (patroni/patroni#2689), which is rewound then. The proof of",
  "the writes fails, and tells how many went to each branch.",
  "",
  "**Refused, with the next action.** While Patroni is paused, or while it does not reach its store, nobody's role is changed.",
  "A cluster that is declared as `postgres` and run by Patroni is refused too. A switchover has to prove that all was taken over: the",
  "candidate has what the primary had written when it was asked.",
  "",
  "**Needs** python3 on each member, which Patroni needs as well. Client certificates for the REST API, standby clusters and Citus are not",
  "supported.",
  "",
].join("\n");

const zh = [
  "**Patroni 做什么，watchbook 做什么。** 成员的名字就是 Patroni 所知的名字（其配置里的 `name`）。*状态*询问各服务器，并以 `keeper` 给出 Patroni",
  "的说法：版本、谁持有领导者的键、`paused`（暂停）、`no-store`（没有存储）。*主备互换*由 Patroni 自己来做。*故障切换*先停下旧主库的",
  "Patroni，再停下它留下的服务器进程，然后请 Patroni 切换到候选者；已死的领导者的键要到 `ttl` 过后才空出来。*重新加入*启动那个 Patroni，并证明",
  "该成员在流复制；回卷还是重新复制由 Patroni 决定。账本、隔离的证明、写入的证明与别处相同。",
  "",
  "**演练。** 默认的故障是整个节点死掉，Patroni 和服务器一起：只杀服务器时，Patroni 会就地让它重新成为主库。演练不隔离谁，也不请求切换：",
  "watchbook 等 Patroni 自己动手并测量，此时 `DETECTION` 为 `keeper`。停住不动的领导者（故障 `stop`）会被替换而没有被隔离，除非有看门狗重置它的",
  "主机：*证明已隔离*这一步会失败，也理应失败，因为它一旦恢复运行，就会确认再也找不到的写入。Patroni 3.0.3 以前配 etcd 3 时更糟：恢复运行的",
  "Patroni 可能用自己的名字覆盖继任者的键（patroni/patroni#2689），继任者随后被回卷。写入的证明会失败，并说明每个分支各有多少写入。",
  "",
  "**会被拒绝，并给出下一步。** Patroni 暂停时，或到不了它的存储时，谁的角色都不改。写成 `postgres` 而实际由 Patroni 运行的集群也会被拒绝。主备互换",
  "必须证明全部内容都已接过去：候选者拥有发出请求时主库已写下的一切。",
  "",
  "**需要**每个成员上有 python3，Patroni 本身也需要它。不支持 REST API 的客户端证书、standby cluster 和 Citus。",
  "",
].join("\n");

/** What a reader has to know of Patroni beyond its parameters. */
export const patroniProse: Readonly<Record<Lang, string>> = { en, zh };
