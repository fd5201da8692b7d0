/** Size of each attack, characters. */
const SIZE = 1_000_000;

/** A piece again and again; with a number each time when it is a function. */
function many(piece: string | ((n: number) => string), size = SIZE): string {
  if (typeof piece === "string") return piece.repeat(Math.floor(size / piece.length));
  const pieces: string[] = [];
  for (let length = 0; length < size; length += pieces.at(-1)!.length) pieces.push(piece(pieces.length));
  return pieces.join("");
}

const HALF = SIZE / 2;
const title = "# 恢复流程 SOP-01\n\n";
const fence = (lang: string, text: string): string => `\`\`\`${lang}\n${text}\n\`\`\`\n`;
const file = (path: string, text: string): string => fence("", `# ${path}\n${text}`);
const prose = (text: string): string => `${title}${text}\n`;
const shell = (text: string): string => title + fence("bash", text);
const inLines = (text: string, length: number): string => text.match(new RegExp(`[^]{1,${length}}`, "gu"))!.join("\n");
const table = (head: string, row: string | ((n: number) => string), size = SIZE): string =>
  `| ${head} |\n|${"---|".repeat(head.split("|").length)}\n${many(row, size)}\n`;
const backups = (size: number): string =>
  table("数据 | 频率 | 保留 | 位置", (n) => `| 密钥${n} | 每天 | 永久 | /b |\n`, size);

/** One piece without end, on one line or on many. */
const RUNS: Readonly<Record<string, () => string>> = {
  "curl in prose": () => prose(many("curl x ")),
  "curl in a step": () => shell(many("curl x ")),
  "curl with a user": () => prose(many("curl -u a ")),
  "find in a step": () => shell(many("find a ")),
  "find in lines as long as rules look at": () => shell(inLines(many("find / -exec rm "), 990)),
  "passwords in lines as long as rules look at": () => prose(inLines(many("PASSWORD"), 990)),
  "names in lines as long as rules look at": () => prose(inLines(many("DB_"), 990) + "password"),
  "keys and colons": () => prose(many("a: ")),
  "keys in a block of data": () =>
    title +
    fence(
      "yaml",
      many((n) => `k${n}:\n  - a: b\n`),
    ),
  "front matter": () => `---\n${many((n) => `k${n}: v\n`)}---\n# x\n`,
  pipes: () => prose(many("|")),
  "pipes in a step": () => shell(many("|")),
  "password=": () => prose(many("password=")),
  "a password on every line": () => prose(many("password: hunter2x9\n")),
  "logins on one line": () => prose(many("ab://ab:cdefgh@db.corp/x ")),
  "a login on every line": () => shell(many("psql postgres://ab:cdefgh@db.corp/x\n")),
  "beginnings of tokens": () => prose(inLines(many("ghp_"), 60)),
  "beginnings of keys": () => prose(many("-----BEGIN ")),
  "rm -rf /": () => shell(many("rm -rf / ")),
  "rm -rf / on every line": () => shell(many("rm -rf /\n")),
  "open braces": () => shell(many("${")),
  backticks: () => prose(many("`")),
  "backticks in a step": () => shell(many("`")),
  comments: () => prose(many("<!--")),
  "comment signs in a step": () => shell(`ls${many("\t#")}`),
  digits: () => prose(many("1")),
  "spaces, then a letter": () => prose(`a${many(" ")}b`),
  "tabs, then a letter and another line": () => prose(`症状:${many("\t")}:\nL`),
  "wide spaces in a heading": () => `# ${many("\u3000")}a\n`,
  "wide spaces in cells": () =>
    prose(table("日志 | 位置 | 保留", `| a | /v${many("\u3000", HALF)}x | 30${many("\u3000", HALF)}天 |\n`)),
  "Chinese without spaces": () => prose(many("值班手册每日检查恢复流程")),
  "signs of no width": () => prose(many("\u200b")),
  "empty lines in a step": () => shell(many("\n")),
  "carriage returns": () => title + fence("yaml", many("\r")),
  "continued lines": () => shell(many("\\\n")),
  "lists in lists": () => prose(inLines(many("- "), 40)),
  "numbers of lists": () => prose(inLines(many("1. "), 60)),
};

/** Many of one construct, and constructs that a rule compares with each other. */
const NUMBERS: Readonly<Record<string, () => string>> = {
  headings: () => many((n) => `# 恢复流程 ${n}\n`),
  "headings of one name": () => many("# a\n\n"),
  "tables of one column": () => many("| a |\n|---|\n| b |\n\n"),
  fences: () => many("```bash\nrm -rf /x\n```\n\n"),
  procedures: () => many((n) => `## SOP-${n} 恢复\n\n1. \`systemctl stop x\`\n2. \`rm -rf /x\`\n\n`),
  duties: () => many((n) => `## 每日 ${n}\n\n- [ ] 检查 CPU\n\n`),
  "a heredoc never closed": () => shell(`cat <<EOF\n${many("rm -rf /\n")}`),
  "links to one missing file": () => prose("[a](missing.md)\n".repeat(10_000)),
  "links to as many files": () => prose(many((n) => `[a](m${n}.md)\n`)),
  "dead anchors": () => many((n) => `# h${n}\n`, HALF) + many((n) => `[a](#k${n})\n`, HALF),
  "name patterns": () => prose(many((n) => `- \`5-reports/a${n}-YYYYMMDD.md\`\n`)),
  objectives: () => prose(many((n) => `RTO < ${n} 秒\n\n`)),
  thresholds: () => prose(table("指标 | 正常 | 警告 | 严重", (n) => `| 连接数${n} | < 1 | 2 | 3 |\n`)),
  "levels of two scales": () =>
    `# 告警级别\n\n${table("级别 | 渠道", (n) => `| A${n} | 短信 |\n`, HALF)}\n# 故障级别\n\n${table("级别 | 响应时间", (n) => `| B${n} | 15 分钟 |\n`, HALF)}`,
  "settings of one block": () => title + fence("json", `{\n${many((n) => `"max${n}": 1,\n`)}}`),
  "listeners under one comment": () => shell(`# 连接数\n${many("ss -tuln\n")}`),
  "blocks that set a variable": () =>
    title + many(fence("bash", "export AAA=1"), HALF) + many(fence("bash", "echo $AAA"), HALF),
  "uses of a variable": () =>
    title + many(fence("bash", "export AAA=1"), HALF) + fence("bash", many("echo $AAA $AAA\n", HALF)),
  "old products in transcripts": () => prose(many(fence("console", "$ ls\nCentOS 7\n"))),
  "check scripts that nothing starts": () =>
    prose(many((n) => fence("bash", `#!/bin/bash\n# /usr/local/bin/check${n}.sh\nls`))),
  "forbidden commands": () =>
    `# 禁止\n\n${many((n) => `- 禁止 \`rm a${n}\`\n`, HALF)}\n${fence("bash", many("ls -l\n", HALF))}`,
  "a forbidden command full of blanks": () =>
    `# 禁止\n\n- 禁止 \`rm${" ".repeat(40)}-rf\`\n\n${fence("bash", many(`rm${" ".repeat(900)}x\n`))}`,
  "data kept forever, one prune": () =>
    prose(`${backups(HALF)}\n${fence("bash", `${many("ls /a\n", HALF)}find /x -mtime +7 -delete`)}`),
  "data kept forever, copies and prunes by name in one block": () =>
    prose(`${backups(HALF)}\n${fence("bash", many("cp /a/x.key /c/\nfind /b -name x.key -mtime +7 -delete\n", HALF))}`),
  "headers that let in": () => prose(inLines(many("authorization: bearer a"), 990)),
  "headers on one line": () => prose(many("authorization: basic ")),
  "logins told on one line": () => prose(many("login: a/")),
  "tokens on one line": () => prose(many("eyJaaaaaaaa.")),
  "tokens without dots": () => prose(many("eyJaaaaaaaa")),
  "variables named like secrets": () => prose(many("- name: DB_PASSWORD\n")),
  "listings without end": () => shell(inLines(many("ls -t /a | tail +8 |"), 990)),
  "variables in variables": () => shell(many((n) => `A${n}=$A$A\n`)),
  "tables that contradict each other": () =>
    prose(many((n) => `## h${n}\n\n${table("指标 | 警告 | 严重", () => `| CPU | ${n % 90}% | 95% |\n`, 20)}\n`)),
  "data kept forever, many prunes": () =>
    prose(`${backups(HALF)}\n${many(fence("bash", "find /b -mtime +7 -delete"), HALF)}`),
  "logs and globs": () =>
    prose(file("/etc/logrotate.d/x", `${many((n) => `/v/${n}/*.log\n`, HALF)}{\n  daily\n  rotate 7\n}`)) +
    table("日志 | 位置 | 保留", (n) => `| a${n} | /w/${n}/ | 30 天 |\n`, HALF),
  "ranges and ports": () =>
    prose(file("/etc/sysctl.conf", many("net.ipv4.ip_local_port_range = 1 2\n", HALF))) +
    fence("bash", many("nc localhost 4001\n", HALF)),
};

/** Texts over which one pattern went again and again. */
const PATTERNS: Readonly<Record<string, () => string>> = {
  "a glob full of stars": () =>
    prose(file("/etc/logrotate.d/x", `/var/log/${"*a".repeat(400)}*b {\n  daily\n  rotate 7\n}`)) +
    table("日志 | 位置 | 保留", `| app | /var/log/${"a".repeat(3000)} | 30 天 |\n`, 3100),
  "paths that no brace follows": () => prose(file("/etc/logrotate.d/x", `${'/x"\n"'.repeat(40)}\ndaily\n`)),
  "an artefact of one line": () => prose(file("/etc/logrotate.d/x", `${many("/a ")}\ndaily\nrotate 7\n`)),
  "empty lines in a rotation": () => prose(file("/etc/logrotate.d/x", `${many("\n")}x\ndaily\nrotate 7\n/a {`)),
  "empty lines in limits": () => prose(file("/etc/security/limits.conf", `${many("\n")}x`)),
  "empty lines behind a location": () => shell(`location\t\n${many("\n")}`),
  "empty lines behind a brace": () => title + fence("", `{${many("\n")}:`),
  "brackets in a diagram": () =>
    title + fence("mermaid", `graph TD\n${many(`${"(".repeat(50)}${")".repeat(50)} x\n`)}`),
  "numbers of documents": () => `# x\n\n| 文档编号 | STP-OPS-001 |\n|---|---|\n\n## 参考文档\n\n${many("AB-")}\n`,
  "signs of an attribute": () => `${title}\`\`\`sh {${many("a-")}}\nls\n\`\`\`\n`,
  "a path without end": () => prose(`[a](${many("a.md#")} )`),
  "signatures without end": () =>
    prose(`签字：${many("\u3000", HALF)}x\n\n${table("角色 | 签名", `| 负责人 | ${many("_", HALF)} |\n`)}`),
};

/** Manuals of a megabyte that made, or could make, one rule or one reader take minutes. */
export const ATTACKS: Readonly<Record<string, () => string>> = { ...RUNS, ...NUMBERS, ...PATTERNS };
