// What a run must be given values for, and where a value can stand without ever being read as code.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import * as fc from "fast-check";
import { blanksOf, variableFor } from "../src/book/recognise/runbooks/blanks.ts";
import { shellText } from "../src/book/shell/commands.ts";
import { spotsOf } from "../src/book/shell/spots.ts";
import { scriptOf } from "../src/engine/plan/script.ts";

const planned = (text: string, params = "", timeoutMs?: number): string => {
  const { commands } = shellText(text);
  return scriptOf(
    { commands, blanks: blanksOf(commands, params), ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    "bash",
  );
};

const FILLED: readonly (readonly [string, string])[] = [
  ["cp /backup/<date>/db .", 'cp /backup/"${WB_DATE}"/db .'],
  ['gw tag "release <new version> out"', 'gw tag "release ${WB_NEW_VERSION} out"'],
  ["tar xf <file> -C /srv && ls <file>", 'tar xf "${WB_FILE}" -C /srv && ls "${WB_FILE}"'],
  ["V=<version>", 'V="${WB_VERSION}"'],
  ["gw set --to=<version> > /tmp/<version>.log", 'gw set --to="${WB_VERSION}" > /tmp/"${WB_VERSION}".log'],
  ["gw $(cat /srv/<name>)", 'gw $(cat /srv/"${WB_NAME}")'],
  ['echo "$(cat /srv/<name>)"', 'echo "$(cat /srv/"${WB_NAME}")"'],
  ["if [ -f /srv/<name> ]; then rm /srv/<name>; fi", 'if [ -f /srv/"${WB_NAME}" ]; then rm /srv/"${WB_NAME}"; fi'],
  ["docker exec web cat /etc/<name>", 'docker exec web cat /etc/"${WB_NAME}"'],
];

for (const [text, wanted] of FILLED) test(`a value has a place in ${text}`, () => assert.equal(planned(text), wanted));

const NEVER = [
  "echo 'release <version>'",
  'bash -c "rm <file>"',
  "ssh gw-1 systemctl restart <unit>",
  'psql -c "select <id>"',
  'docker exec web sh -c "cat <file>"',
  ".venv/bin/python3.12 -c 'print(<n>)'",
  "echo <list> | xargs rm",
  "echo `cat <file>`",
  "<program> --version",
  "sudo <program> --version",
  "cat <<EOF\n<name>\nEOF",
  "cat <<EOF | bash\n<name>\nEOF",
  "echo ${X:-<name>}",
  "sed -i s/a/<b>/ /etc/x",
  "for x in <a>; do echo $x; done",
  "[[ <a> -eq 1 ]]",
  "case <a> in x) ls;; esac",
];

for (const text of NEVER)
  test(`no value is put into ${JSON.stringify(text)}`, () => {
    const needle = /<(?!<)[^<>\n]+>/.exec(text)![0];
    assert.equal(spotsOf(text, needle), undefined);
    assert.equal(planned(text), text, "the command stays as it is");
  });

test("literal texts that wb-params names are places of values too", () => {
  assert.equal(planned("cp /b/20240101/a ~/.x/", "date=20240101"), 'cp /b/"${WB_DATE}"/a ~/.x/');
  assert.deepEqual(
    blanksOf(shellText("cp /b/20240101/a ~/.x/").commands, "date=20240101").map(({ name, declared }) => [
      name,
      declared,
    ]),
    [["date", true]],
  );
});

test("a variable that the step uses and does not set is open; one that it sets is not", () => {
  const open = (text: string) => blanksOf(shellText(text).commands, "").map(({ name, variable }) => [name, variable]);
  assert.deepEqual(open("docker push app:$VERSION"), [["version", "VERSION"]]);
  assert.deepEqual(open("VERSION=1\ndocker push app:$VERSION"), []);
  assert.deepEqual(open("echo $HOME ${X:-1} $1"), []);
});

test("variables of names in other scripts are spelled by their digest", () => {
  assert.equal(variableFor("new-version"), "WB_NEW_VERSION");
  assert.match(variableFor("\u7248\u672c"), /^WB_[0-9A-F]{8}$/);
  assert.notEqual(variableFor("\u7248\u672c"), variableFor("\u7248\u672c\u53f7"));
});

test("a command that never ends is ended after its time, and that is no failure [S-029]", () => {
  assert.equal(
    planned("journalctl -u gw -f", "", 30_000),
    "timeout 30 bash -euo pipefail -c 'journalctl -u gw -f' || [ $? -eq 124 ]",
  );
  const script = planned("tail -f '/dev/null'", "", 100);
  assert.equal(
    execFileSync("bash", ["-eu", "-o", "pipefail", "-c", `${script}; echo went on`], { encoding: "utf8" }),
    "went on\n",
  );
});

test("whatever a value says, a shell sees one word", () => {
  const text = "printf '%s|' a/<x>/b \"in <x>\" --to=<x> $(printf %s <x>)";
  const script = planned(text);
  const hostile = fc.oneof(
    fc.constantFrom(
      '"; rm -rf /',
      "$(id)",
      "`id`",
      "a b\nc",
      "'",
      '"',
      "\\",
      "*",
      "~",
      "${HOME}",
      "-n",
      "%s",
      "\u202e",
    ),
    fc.string({ unit: "binary", maxLength: 30 }).filter((value) => !value.includes("\0")),
  );
  fc.assert(
    fc.property(hostile, (value) => {
      const out = execFileSync("bash", ["-euf", "-c", script], {
        env: { PATH: process.env["PATH"], WB_X: value, LC_ALL: "C.UTF-8" },
      });
      // The unquoted substitution is the manual's own: it is split by the author's shell, not by ours.
      const [path, quoted, option] = out.toString("utf8").split("|");
      const clean = Buffer.from(value, "utf8").toString("utf8");
      if (!clean.includes("|"))
        assert.deepEqual([path, quoted, option], [`a/${clean}/b`, `in ${clean}`, `--to=${clean}`]);
    }),
    { numRuns: 60, seed: 7 },
  );
});
