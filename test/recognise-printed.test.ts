// What a command printed, written into its block without a prompt, is never taken for the next command.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { treeOf } from "./kit/tree.ts";

async function blockOf(lines: readonly string[], label = "Do it:", lang = "bash") {
  const text = ["# M", "", "## Restart procedure", "", label, "", `\`\`\`${lang}`, ...lines, "```", ""].join("\n");
  const { book } = await compileFiles(treeOf({ "README.md": text }));
  return { block: book.blocks[0]!, codes: book.findings.map(({ code }) => code) };
}

const HELD: readonly (readonly string[])[] = [
  ["cat clean.sh", "rm -rf /data/cache/*"],
  ["cat clean.sh", "set -e", "rm -rf /data/cache/*"],
  ["cat clean.sh", "# clean the cache", "rm -rf /data/cache/*"],
  ["head -3 run.sh", "set -e", "systemctl stop a"],
  ["tail -2 ~/.bash_history", "reboot"],
  ["sudo cat /root/.bash_history", "rm -rf /data/old", "reboot"],
  ["cat /etc/rc.local", "touch /var/lock/subsys/local", "/opt/app/start.sh"],
  ["docker exec a cat /run.sh", "rm -rf /data/x"],
  ["history 3", "reboot"],
  ["which nginx", "/usr/sbin/nginx"],
  ["find /opt -name stop.sh", "/opt/app/bin/stop.sh"],
  ["find . -name stop.sh", "./bin/stop.sh"],
  ["readlink -f /opt/current", "/opt/releases/1.2"],
  ["pwd", "/opt/app"],
  ["ls /opt/app/bin", "start.sh  stop.sh"],
  ["ls /opt/app/bin", "start.sh", "stop.sh"],
  ["ls", "kill  reboot"],
  ["hostname", "web01"],
];
for (const lines of HELD)
  test(`printed, not to be run: ${lines.join(" / ")} [C-046]`, async () => {
    const { block, codes } = await blockOf(lines);
    assert.deepEqual([block.state, block.rule], ["ambiguous", "fence/not-commands"]);
    assert.ok(codes.includes("WB255"));
  });

for (const [label, line] of [
  ["Output:", "ls"],
  ["返回：", "reboot"],
  ["输出如下：", "systemctl restart a"],
  ["Result:", "reboot"],
] as const)
  test(`what stands below ${label} was printed, whatever it is called [C-046]`, async () =>
    assert.equal((await blockOf([line], label)).block.state, "ambiguous"));

const RUNS: readonly (readonly string[])[] = [
  // What is joined or written prints nothing below itself.
  ["cat > /opt/run.sh <<'EOF'", "rm -rf /data/cache/tmp", "EOF", "systemctl restart a"],
  ["cat run.sh | ssh web01 sh", "systemctl restart a"],
  ["cat run.sh >> all.sh", "systemctl restart a"],
  ["find /opt -name '*.tmp' -delete", "/opt/app/start.sh"],
  // A blank line parts them, and so does a remark where every command has one.
  ["cat clean.sh", "", "systemctl restart a"],
  ["# look at it", "cat clean.sh", "# then restart", "systemctl restart a"],
  ["which nginx", "", "/usr/sbin/nginx"],
  // What was shown is run, or made to.
  ["cat clean.sh", "bash clean.sh"],
  ["cat clean.sh", "chmod +x clean.sh", "./clean.sh"],
  ["crontab -l", "crontab /opt/app/jobs.cron"],
  // What is shown holds no commands; what follows only looks, or has words of its own.
  ["cat /etc/nginx/nginx.conf", "systemctl reload nginx"],
  ["tail -20 /var/log/cron", "systemctl restart crond"],
  ["cat clean.sh", "ls -l /data/cache"],
  ["ls /opt/app/bin", "./start.sh"],
  ["ls /opt/app/bin", "/opt/app/bin/start.sh --all"],
  ["which nginx", "/usr/sbin/nginx -s reload"],
  ["pwd", "systemctl restart a"],
  ["ls /opt/app/bin", "catalina.sh start"],
];
for (const lines of RUNS)
  test(`stays runnable: ${lines.join(" / ")}`, async () => {
    const { block } = await blockOf(lines);
    assert.equal(block.state, "recognised", `${block.rule} ${block.candidates.map((one) => one.evidence).join(" | ")}`);
  });

test("a file that is watched is watched, not listed", async () => {
  assert.equal((await blockOf(["tail -f /opt/run.sh", "systemctl restart a"])).block.kind, "follow");
});

test("Check the output: stays runnable", async () =>
  assert.equal((await blockOf(["systemctl restart a"], "Restart it and check the output:")).block.state, "recognised"));
