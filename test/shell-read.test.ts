import assert from "node:assert/strict";
import { test } from "node:test";
import { shellText } from "../src/book/shell/commands.ts";
import { readShell } from "../src/book/shell/read.ts";

const texts = (source: string) => readShell(source).statements.map((statement) => statement.text);
const programs = (source: string) => shellText(source).commands.map((command) => command.programs);
const problem = (source: string) => readShell(source).problem?.kind;

test("one statement per line, comments apart, in both languages", () => {
  const read = readShell("# 停止服务\nsystemctl stop x # now\n\n# start it\nsystemctl start x\n");
  assert.deepEqual(
    read.statements.map(({ text, line }) => [line, text]),
    [
      [2, "systemctl stop x"],
      [5, "systemctl start x"],
    ],
  );
  assert.deepEqual(
    read.comments.map(({ line, text, alone }) => [line, text, alone]),
    [
      [1, "停止服务", true],
      [2, "now", false],
      [4, "start it", true],
    ],
  );
});

test("a # inside a word or quotes is no comment", () =>
  assert.deepEqual(texts("echo a#b '# c' \"# d\""), ["echo a#b '# c' \"# d\""]));

test("continuations are joined with one blank", () => {
  assert.deepEqual(texts("run \\\n  --a 1 \\\n  --b\nnext"), ["run --a 1 --b", "next"]);
  assert.deepEqual(texts("very\\\nlong"), ["verylong"]);
  assert.equal(readShell("a \\\n b\nc").statements[1]?.line, 3);
});

test("compounds stay whole", () => {
  assert.equal(texts("if a; then\n  b\nelse\n  c\nfi\nd").length, 2);
  assert.equal(texts("for x in 1 2; do\n  echo $x\ndone").length, 1);
  assert.equal(texts("case $1 in\n  a|b) x ;;\n  *) y ;;\nesac").length, 1);
  assert.equal(texts("f() {\n  a\n}\nf").length, 2);
  assert.equal(texts("{ a; b; } > out").length, 1);
  assert.equal(texts("a &&\n  b ||\n  c").length, 1);
});

test("here-documents belong to their statement, quoted or stripped, one or two", () => {
  assert.deepEqual(texts("cat <<'A' > f\nx $y\nA\nls"), ["cat <<'A' > f\nx $y\nA", "ls"]);
  assert.deepEqual(texts("cat <<-A\n\tx\n\tA\nls").length, 2);
  assert.deepEqual(texts("paste <(cat <<A) -\nx\nA\nls").length, 2);
  assert.deepEqual(texts("cat <<A\nx\nA"), ["cat <<A\nx\nA"]);
});

test("programs of pipelines, lists, subshells and substitutions are found, wrappers taken off", () => {
  assert.deepEqual(programs("ps aux | grep x | wc -l"), [["ps", "grep", "wc"]]);
  assert.deepEqual(programs("(cd /x && make)"), [["cd", "make"]]);
  assert.deepEqual(programs('echo "$(date) $(hostname -f)"'), [["echo", "date", "hostname"]]);
  assert.deepEqual(programs("echo `id -u`"), [["echo", "id"]]);
  assert.deepEqual(programs("sudo -u app env A=1 nohup nice -n 5 /usr/bin/tar tf x"), [["tar"]]);
  assert.deepEqual(programs("A=1 B=2 gateway run"), [["gateway"]]);
  assert.deepEqual(programs("diff <(sort a) <(sort b)"), [["diff", "sort", "sort"]]);
  assert.deepEqual(programs("watch -n 5 'ps aux | grep x'"), [["watch", "ps", "grep"]]);
  assert.deepEqual(programs("kubectl exec p -- sh -c 'ls /; rm -r /x'"), [["kubectl", "sh", "ls", "rm"]]);
});

test("flags with their values, dry-run and execute", () => {
  const [command] = shellText("tool --max-rto-seconds 10 --out=a.env --inject-fault --execute -n 5").commands;
  assert.deepEqual(command?.flags, [
    { name: "--max-rto-seconds", value: "10" },
    { name: "--out", value: "a.env" },
    { name: "--inject-fault" },
    { name: "--execute" },
    { name: "-n", value: "5" },
  ]);
  assert.equal(command?.mode, "execute");
  assert.equal(shellText("tool --dry-run --out x").commands[0]?.mode, "dry-run");
  assert.equal(shellText("tool --out x").commands[0]?.mode, undefined);
});

test("what is left open is a problem of its kind, with its line", () => {
  assert.deepEqual(readShell("ls\necho 'a\nb").problem, { kind: "quote", line: 2 });
  assert.equal(problem('echo "a'), "quote");
  assert.equal(problem("echo $(ls"), "paren");
  assert.equal(problem("(ls"), "paren");
  assert.equal(problem("ls)"), "paren");
  assert.equal(problem("call (this) function"), "paren");
  assert.equal(problem("cat <<EOF\nx"), "heredoc");
  assert.equal(problem("if a; then b"), "keyword");
  assert.equal(problem("done"), "keyword");
  assert.equal(problem("do this first"), "keyword");
  assert.equal(problem("a |"), "keyword");
  assert.equal(problem("a &&"), "keyword");
  assert.equal(problem("a >"), "redirect");
  assert.equal(problem("echo ${a"), "substitution");
  assert.equal(problem("a \\"), "quote");
});

test("a placeholder in angle brackets is a word, a redirection is not", () => {
  assert.deepEqual(
    shellText("logs <pod-name> -n <ns>").commands[0]?.placeholders.map((one) => one.text),
    ["<pod-name>", "<ns>"],
  );
  assert.deepEqual(shellText("sort <in >out").commands[0]?.placeholders, []);
  assert.deepEqual(
    shellText("logs <容器名>").commands[0]?.placeholders.map((one) => one.text),
    ["<容器名>"],
  );
});

const MEGABYTE = 1_000_000;
/** The longest text that is read at all is a little longer. */
const MOST = 60_000;
const hostile = (size: number): Readonly<Record<string, string>> => {
  const times = (text: string) => text.repeat(Math.ceil(size / text.length));
  return {
    quotes: times("'\""),
    parentheses: times("("),
    substitutions: times("$("),
    braces: times("${"),
    arithmetic: times("$(("),
    backquotes: times("`"),
    "backquotes with words": times("`a "),
    "here-documents": times("cat <<A\n"),
    pipes: times("a|"),
    ampersands: times("a&"),
    angles: times("<a"),
    "open angles": times("<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "),
    backslashes: times("\\"),
    continuations: times("a \\\n"),
    keywords: times("if "),
    loops: times("while true; do "),
    "one word": times("a"),
    "short lines": times("ls\n"),
    comments: times("# a\n"),
    "double quotes and substitutions": times('"$('),
    "flags and values": times("--a b "),
    xargs: times("xargs "),
    sudo: times("sudo "),
    "bash -c": times("bash -c '"),
    spaces: `ls${times(" ")}x`,
    sql: `psql -c "${times("select ")}"`,
    "sql comments": `psql -c "${times("/* ")}"`,
    curl: `curl ${times("-X ")}`,
  };
};

for (const size of [MOST, MEGABYTE])
  for (const [name, source] of Object.entries(hostile(size)))
    test(`${size} characters of ${name} are read to the end or to the first problem`, () => {
      const { commands, problem } = shellText(source);
      assert.ok(problem !== undefined || commands.length > 0 || name === "comments");
      if (size === MEGABYTE) assert.deepEqual(problem?.kind, "size");
      for (const command of commands.slice(0, 5)) assert.equal(typeof command.risk, "string");
    });
