// Which place of the manual a report points to: the right one, or none. Manuals of both languages, near misses included.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileBook } from "../src/book/compile/compile.ts";
import { related } from "../src/report/inspection/related.ts";
import { treeOf } from "./kit/tree.ts";

const fence = (command: string): string => `\`\`\`bash\n${command}\n\`\`\`\n`;

const WEB = `# Web shop

## Daily checklist

- [ ] nginx is running
- [ ] Disk usage below 80 %
- [ ] Certificate valid for more than 30 days
- [ ] Backup of last night exists
- [ ] Redis answers
- [ ] No errors in /var/log/shop/app.log
- [ ] Queue of invoices is short, see [the queue](queue.md#queue-stuck)

## Symptoms

| Symptom | Look at |
| --- | --- |
| 502 | nginx logs, upstream |
| Disk full | old releases under /srv |
| Redis memory full | maxmemory, eviction |
| Users cannot log in | app logs |
| Replication lag on the database | network, long transactions |

## Troubleshooting

### Certificate expired

1. Renew it.

${fence("certbot renew")}
### nginx does not start

1. Test its configuration.

${fence("nginx -t")}
### Disk failure

1. Replace the disk.

${fence("smartctl -a /dev/sda")}
`;
const QUEUE = `# Queues

## Troubleshooting

### Queue stuck

1. Look at it.

${fence("rabbitmqctl list_queues")}
### Queue lost

1. Look at it.

${fence("rabbitmqctl list_vhosts")}
`;

const NODE = `# 节点运维

## 每日检查清单

- [ ] 检查节点状态
- [ ] 磁盘使用率低于 80%
- [ ] 检查内存使用率
- [ ] 检查连接数
- [ ] 检查网络连通性
- [ ] 检查证书有效期
- [ ] 检查备份目录是否有最新日期
- [ ] 确认 MySQL 主从延迟
- [ ] 检查日志异常

## 故障排查

### 节点无法启动

1. 查看进程

${fence("ps aux")}
### 内存泄漏

1. 查看内存

${fence("free -m")}
### 连接数过高

1. 查看连接

${fence("ss -s")}
### 网络分区

1. 查看路由

${fence("ip route")}
### Redis 内存写满

1. 查看 Redis

${fence("redis-cli info memory")}
### 磁盘空间不足

1. 查看磁盘

${fence("df -h")}
### 数据库备份恢复

1. 看看备份

${fence("ls -l /data/backup")}
### 客户端证书吊销

1. 查看证书

${fence("openssl version")}
### MySQL 主从延迟过大

1. 查看复制

${fence("mysql -e 'show slave status'")}
`;

async function hints(files: Readonly<Record<string, string>>): Promise<(text: string) => readonly string[]> {
  const book = await compileBook(treeOf(files), { zone: "UTC" });
  const find = related(book);
  const items = book.duties.flatMap((duty) => duty.items);
  return (text) => {
    const source = items.find((item) => item.text.startsWith(text))?.source ?? { file: "x.md", line: 1 };
    return find({ text, source }).map((one) => (one.kind === "symptom" ? one.symptom : one.title));
  };
}

test("the place that speaks of the very thing is named", async () => {
  const web = await hints({ "README.md": WEB, "queue.md": QUEUE });
  assert.deepEqual(web("Disk usage below 80 %"), ["Disk full"]);
  assert.deepEqual(web("nginx is running"), ["nginx does not start"]);
  assert.deepEqual(web("Certificate valid for more than 30 days"), ["Certificate expired"]);
  const node = await hints({ "README.md": NODE });
  assert.deepEqual(node("磁盘使用率低于 80%"), ["磁盘空间不足"]);
  assert.deepEqual(node("检查内存使用率"), ["内存泄漏"]);
  assert.deepEqual(node("检查连接数"), ["连接数过高"]);
  assert.deepEqual(node("检查节点状态"), ["节点无法启动"]);
  assert.deepEqual(node("确认 MySQL 主从延迟"), ["MySQL 主从延迟过大"]);
});

test("a thing is the same thing in the other language", async () => {
  const both = await hints({ "README.md": NODE });
  assert.deepEqual(both("memory"), ["内存泄漏"]);
  assert.deepEqual(both("CPU"), []);
});

test("a neighbour that only shares a word is not named", async () => {
  const web = await hints({ "README.md": WEB, "queue.md": QUEUE });
  for (const text of [
    ...["memory usage", "Backup of last night exists", "No errors in /var/log/shop/app.log", "Redis answers"],
    ...["Log in to the database", "nginx logs", "Replication of the backup", "x", ""],
  ])
    assert.deepEqual(web(text), [], text);
  const node = await hints({ "README.md": NODE });
  for (const text of ["检查备份目录是否有最新日期", "检查证书有效期", "检查日志异常", "Redis 是否运行", "检查网络延迟"])
    assert.deepEqual(node(text), [], text);
});

test("a link on the item's own line decides", async () => {
  const web = await hints({ "README.md": WEB, "queue.md": QUEUE });
  assert.deepEqual(web("Queue of invoices is short"), ["Queue stuck"]);
});

test("many places equally near tell nothing apart", async () => {
  const rows = ["a", "b", "c"].map((one) => `| Disk full on ${one} | look at ${one} |`).join("\n");
  const manual = `# Ops\n\n## Daily checklist\n\n- [ ] Disk\n\n## Symptoms\n\n| Symptom | Look at |\n|---|---|\n${rows}\n`;
  assert.deepEqual((await hints({ "README.md": manual }))("Disk"), []);
});
