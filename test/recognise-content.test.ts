// What a manual gives as the content of a file, or as what something else runs, is never taken as a step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { fence, statesOf } from "./kit/blocks.ts";
import { treeOf } from "./kit/tree.ts";

type Row = readonly [label: string, ...lines: string[]];

const HELD: readonly Row[] = [
  ["Put the following into `/opt/app/clean.sh`:", "rm -rf /data/cache/*"],
  ["新建 /opt/stop.sh，内容如下：", "rm -rf /data/cache/*"],
  ["clean.sh 脚本内容：", "rm -rf /data/cache/*"],
  ["编辑 `/opt/stop.sh`：", "rm -rf /data/cache/*"],
  ["在 /etc/rc.local 末尾添加：", "/opt/app/bin/start.sh", "mount /dev/sdb1 /data"],
  ["Add to `~/.bashrc`:", "source /opt/env.sh", "rm -f /tmp/lock"],
  ["Put the following into `/etc/cron.daily/clean`:", "rm -rf /data/cache/*"],
  ["The cron job runs:", "rm -rf /data/cache/*"],
  ["Jenkins 构建步骤中填写：", "rm -rf /data/cache/*"],
  ["The entrypoint of the image runs:", "rm -rf /data/cache/*"],
  ["What happens behind the scenes (the pipeline runs this for you):", "rm -rf /data/cache/*"],
  ["Create `/opt/stop.sh` with this content:", "rm -rf /data/cache/*"],
  ["The script `clean.sh` looks like this:", "rm -rf /data/cache/*"],
  ["Paste this into the user-data field of the cloud console:", "rm -rf /data/cache/*"],
  ["创建启动脚本 `/opt/app/start.sh`：", "cd /opt/app", "./run"],
  ["将以下内容写入 /etc/cron.daily/clean：", "rm -rf /data/cache/*"],
  ["把下面的内容保存为 clean.sh：", "rm -rf /data/cache/*"],
  ["Append these lines to /etc/rc.local:", "rm -rf /data/cache/*"],
  ["Save it as `clean.sh`:", "rm -rf /data/cache/*"],
  ["Edit /etc/rc.local and add the following lines:", "rm -rf /data/cache/*"],
  ["Content of `/opt/app/clean.sh`:", "rm -rf /data/cache/*"],
  ["The script /opt/app/clean.sh:", "rm -rf /data/cache/*"],
  ["脚本 `/opt/app/clean.sh`：", "rm -rf /data/cache/*"],
  ["编辑 /etc/rc.local，添加以下内容：", "rm -rf /data/cache/*"],
  ["Create the file `/etc/cron.daily/clean` (mode 755):", "rm -rf /data/cache/*"],
  ["定时任务执行的命令如下：", "rm -rf /data/cache/*"],
  ["Add this to your crontab:", "rm -rf /data/cache/*"],
  ["Create a script called clean.sh:", "rm -rf /data/cache/*"],
  ["Open `/etc/rc.local` and add this line:", "rm -rf /data/cache/*"],
  ["修改 /etc/rc.local，在末尾加入：", "rm -rf /data/cache/*"],
];
for (const [label, ...lines] of HELD)
  test(`the content of a file is ambiguous, never runnable: ${label}`, async () => {
    assert.deepEqual(await statesOf(`## Deploy\n\n${label}\n\n${fence(...lines)}`), ["ambiguous"]);
  });

const RUNS: readonly Row[] = [
  ["Edit the config, then restart:", "systemctl restart app"],
  ["Create the directory /data/x:", "mkdir -p /data/x"],
  ["创建目录 /data/x：", "mkdir -p /data/x"],
  ["Add the user to the group wheel:", "usermod -aG wheel ops"],
  ["编辑完成后重启：", "systemctl restart app"],
  ["Create the database shop:", "createdb shop"],
  ["Create /swapfile:", "fallocate -l 1G /swapfile", "mkswap /swapfile"],
  ["Edit /etc/app.conf, then restart:", "systemctl restart app"],
  ["Append the host to /etc/hosts:", "echo 10.0.0.1 db >> /etc/hosts"],
  ["Check that the cron job runs:", "systemctl is-active cron"],
  ["检查定时任务是否执行：", "systemctl is-active cron"],
  ["手动执行定时任务：", "/opt/app/bin/backup.sh"],
  ["Run the following in /srv/app:", "./deploy.sh"],
  ["Run the script /opt/app/stop.sh:", "sh /opt/app/stop.sh"],
  ["执行 /opt/app/stop.sh：", "sh /opt/app/stop.sh"],
  ["Create /data/x and /data/y:", "mkdir -p /data/{x,y}"],
  ["Put the archive into /opt/app:", "mv app.tar.gz /opt/app/"],
  ["Save the dump to /backup/shop.sql:", "mysqldump shop > /backup/shop.sql"],
  ["修改 /data 的权限：", "chown -R app /data"],
  ["修改配置 /etc/app.conf 后重启：", "systemctl restart app"],
  ["After you have edited /etc/app.conf, restart:", "systemctl restart app"],
  ["Reload after a change of /etc/nginx/nginx.conf:", "systemctl reload nginx"],
  ["Restart the service that reads /etc/app.conf:", "systemctl restart app"],
  ["The service reads /etc/app.conf. Restart it:", "systemctl restart app"],
  ["Add the disk to the pool:", "zpool add tank sdb"],
  ["Create the service account:", "useradd app"],
  ["Open the port:", "firewall-cmd --add-port=80/tcp"],
  ["Remove the contents of /data/cache:", "rm -rf /data/cache/*"],
  ["清空 /data/cache 的内容：", "rm -rf /data/cache/*"],
  ["删除 /data/cache 下的内容：", "rm -rf /data/cache/*"],
  ["备份 /etc/app.conf：", "cp -a /etc/app.conf /backup/"],
  ["将 app.conf 写入配置中心：", "etcdctl put /app/conf app.conf"],
  ["Enter the maintenance mode:", "systemctl isolate rescue.target"],
  ["Open a shell in /srv/app and pull:", "git pull"],
  ["Deploy with the pipeline:", "gitlab-deploy web"],
  ["Trigger the Jenkins job:", "curl -fsS -X POST http://10.0.0.9/job/web/build"],
  ["在 Jenkins 主机上重启服务：", "systemctl restart jenkins"],
  ["Stop the script:", "pkill -f backup.sh"],
  ["Load the new rules from /etc/nftables.conf:", "nft -f /etc/nftables.conf"],
  ["把备份放到 /backup：", "cp -a /srv/app /backup/"],
  ["Create the user in the file realm:", "useradd ops"],
  ["在 /opt/app 目录下执行：", "./stop.sh"],
  ["Create the volume group:", "vgcreate data /dev/sdb1"],
  ["Edit is done; apply:", "kubectl apply -f /srv/app.yaml"],
];
for (const [label, ...lines] of RUNS)
  test(`commands below a text that names a file stay runnable: ${label}`, async () => {
    assert.deepEqual(await statesOf(`## Deploy\n\n${label}\n\n${fence(...lines)}`), ["recognised"]);
  });

test("the item of a list says it as well, the step is held, and an author may say that these are commands", async () => {
  const manual = (attributes: string): string =>
    `# Manual\n\n## Deploy\n\n1. Edit \`/opt/stop.sh\`:\n\n   \`\`\`bash${attributes}\n   rm -rf /data/cache/*\n   \`\`\`\n`;
  const { book } = await compileFiles(treeOf({ "README.md": manual("") }));
  assert.equal(book.runbooks[0]?.steps[0]?.held, "fence/file-or-commands");
  assert.ok(book.findings.some(({ code }) => code === "WB256"));
  const said = await compileFiles(treeOf({ "README.md": manual(' {"wb-kind":"script"}') }));
  assert.equal(said.book.runbooks[0]?.steps[0]?.held, undefined);
});
