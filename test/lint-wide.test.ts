// Lines far wider than anybody writes: what stands far to the right is found, and once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileBook } from "../src/book/compile/compile.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { covers, globsOf } from "../src/book/lint/logrotate.ts";
import { treeOf } from "./kit/tree.ts";

async function linesOf(code: string, text: string): Promise<readonly number[]> {
  const book = await compileBook(treeOf({ "a.md": text }), { zone: "UTC" });
  const findings = await lintBook(book, { today: "2026-11-20", texts: new Map([["a.md", text]]), proofs: new Map() });
  return findings.filter((finding) => finding.code === code).map(({ source }) => source.line);
}

const words = (length: number): string => "see the log of it ".repeat(Math.ceil(length / 18)).slice(0, length);

test("a password far to the right of a line is found, wherever a window of the line ends [M-061]", async () => {
  for (const column of [0, 500, 980, 990, 999, 1_000, 1_001, 1_150, 1_199, 1_990, 5_000, 99_995])
    assert.deepEqual(
      await linesOf("WB502", `# Access\n\n${words(column)} DB_PASSWORD=tr0ub4dor ${words(3_000)}\n`),
      [3],
      `column ${column}`,
    );
});

test("a password given to a program is found when nothing else in the file speaks of one [M-061]", async () => {
  for (const line of [
    "curl -u admin:tr0ub4dor http://x",
    "curl -s --user admin:tr0ub4dor http://x",
    "mysql -ptr0ub4dor x",
  ])
    assert.deepEqual(await linesOf("WB502", `# A\n\n${line}\n`), [3], line);
});

test("a password behind a stand-in on the same line is found", async () => {
  assert.deepEqual(await linesOf("WB502", "# A\n\npassword: <yours>, and of root password: tr0ub4dor\n"), [3]);
  assert.deepEqual(await linesOf("WB502", "# A\n\nmysql -p$PW x; mysql -ptr0ub4dor x\n"), [3]);
});

test("a stand-in, and a sentence about a password, is none at the edge of a window either", async () => {
  for (const column of Array.from({ length: 60 }, (_, index) => 960 + index))
    for (const said of ["password: changeme-now ", "password: your-password-here ", "password: please ask the owner "])
      assert.deepEqual(
        await linesOf("WB502", `# A\n\n${words(column)} ${said}${words(500)}\n`),
        [],
        `${said}${column}`,
      );
});

test("a token far to the right and far below is found once, at its line [M-061]", async () => {
  const token = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
  for (const lines of [1, 1_000, 4_000]) {
    const text = `# A\n\n${`${words(40)}\n`.repeat(lines)}${words(5_000)} ${token} x\n`;
    assert.deepEqual(await linesOf("WB501", text), [lines + 3], `${lines} lines above`);
  }
});

test("paths before a brace are the globs of a stanza, one or many, quoted or not", () => {
  const content = `include /etc/logrotate.d\n"/var/log/a b/*.log" /var/log/c/*.log\n/var/log/d.log\n{\n  daily\n}\n/var/log/e/*.log {\n}\n`;
  assert.deepEqual(globsOf(content.replace("a b", "ab")), [
    "/var/log/ab/*.log",
    "/var/log/c/*.log",
    "/var/log/d.log",
    "/var/log/e/*.log",
  ]);
  assert.deepEqual(globsOf("/var/log/a.log\ndaily\n{ }\n"), []);
});

test("a glob reaches the files of its folder and no others", () => {
  const cases: readonly [string, string, boolean][] = [
    ["/var/log/x/*.log", "/var/log/x/", true],
    ["/var/log/x/*.log", "/var/log/x/a.log", true],
    ["/var/log/x/*.log", "/var/log/x/audit/", false],
    ["/var/log/x/*.log", "/var/log/x/audit/a.log", false],
    ["/var/log/*/*.log", "/var/log/x/a.log", true],
    ["/var/log/a*b*c", "/var/log/aXbYbZc", true],
    ["/var/log/a*b*c", "/var/log/aXbYbZ", false],
    ["/var/log/a*", "/var/log/a", true],
    ["/var/log/a.log", "/var/log/aXlog", false],
  ];
  for (const [glob, location, reached] of cases) assert.equal(covers(glob, location), reached, `${glob} ${location}`);
});

test("a forbidden command is found with other blanks and signs around it, and not inside another word [M-020]", async () => {
  const given = (line: string) =>
    linesOf("WB708", `# A\n\n## 禁止\n\n- 禁止 \`sudo su -\`\n\n\`\`\`bash\n${line}\n\`\`\`\n`);
  for (const line of ["sudo su -", "sudo   su  -", "(sudo su -)", "ls; sudo su -", "ls&&sudo su - && ls"])
    assert.deepEqual(await given(line), [8], line);
  for (const line of ["sudo su", "sudo su -c ls", "xsudo su -", "sudo surf -"])
    assert.deepEqual(await given(line), [], line);
});

test("a check script is started by a line that names it, by path, in Chinese text, or at the end of a sentence [S-096]", async () => {
  const script = "```bash\n#!/bin/bash\n# /usr/local/bin/health-check.sh\nls\n```\n";
  for (const line of [
    "*/5 * * * * /usr/local/bin/health-check.sh>/dev/null",
    "定时运行health-check.sh即可",
    "Run health-check.sh.",
  ])
    assert.deepEqual(await linesOf("WB306", `# A\n\n${script}\n${line}\n`), [], line);
  for (const line of ["Run my-health-check.sh often", "nothing"])
    assert.deepEqual(await linesOf("WB306", `# A\n\n${script}\n${line}\n`), [5], line);
});
