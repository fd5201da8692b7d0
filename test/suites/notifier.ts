import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { open } from "../../src/kinds/notifiers/send/open.ts";
import { send } from "../../src/kinds/notifiers/send/send.ts";
import { href } from "../../src/kinds/notifiers/text/markup.ts";
import { NOTICE_EVENTS, tidied, type Notice } from "../../src/model/notice.ts";
import type { HttpAnswer, HttpNotifier, HttpRequest } from "../../src/model/notifier.ts";
import { channelOf, notice, NOW, portsOf } from "../kit/notice.ts";
import { wire, type Received, type Reply, type Vendor } from "../kit/wire/server.ts";

/** What the contract suite needs to know of one kind. */
export interface NotifierCase {
  readonly kind: HttpNotifier<never>;
  /** Right parameters; `at` is where the receiver listens, also in the secrets. */
  params(at: string): Readonly<Record<string, unknown>>;
  secrets(at: string): Readonly<Record<string, string>>;
  /** Wrong parameters, each with a word that its issue must contain. */
  readonly bad: readonly (readonly [params: unknown, word: string])[];
  /** A fresh receiver that takes what its documentation says, and nothing else. */
  readonly vendor: () => Vendor;
  /** What strangers' text must not have become in what is sent: markup, mentions, links of their own. */
  readonly never?: RegExp;
  /** Keys of fields that are shown as they are, whatever stands in them. */
  readonly plain?: readonly string[];
  /** It tells no links: a voice. */
  readonly linkless?: true;
}

const GOLDEN = join(import.meta.dirname, "..", "books", "notices");

/** All texts of a body by their keys, decoded as its receiver decodes them. */
function fieldsOf({ headers, body }: Pick<HttpRequest, "headers" | "body">): readonly (readonly [string, string])[] {
  if (headers["content-type"]?.includes("form")) return [...new URLSearchParams(body)];
  const leaves = (key: string, value: unknown): readonly (readonly [string, string])[] => {
    if (typeof value === "string") return [[key, value]];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, each]) => leaves(Array.isArray(value) ? key : name, each));
  };
  return leaves("", JSON.parse(body));
}
const textsOf = (request: Pick<HttpRequest, "headers" | "body">): readonly string[] =>
  fieldsOf(request).map(([, text]) => text);

const received = ({ url, headers, body }: HttpRequest): Received => {
  const { pathname, searchParams } = new URL(url);
  return { method: "POST", path: pathname, query: searchParams, headers, body };
};
const answered = ({ status, headers = {}, body }: Reply): HttpAnswer => ({ status, headers, body });

/** Text as strangers write it: markup of every receiver, mentions, addresses, broken characters, far too much of it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "@channel @here @all",
        "<!channel>",
        "<at id=all></at>",
        "[x](https://evil.example/a)",
        "# h\n> q",
      ),
      fc.constantFrom(
        '"\\\u0000\u0007',
        "\ud83d",
        "\ude00",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "值班手册：磁盘满了。",
        "\u2028\r\n",
        "</Say>",
      ),
      fc.nat({ max: 30_000 }).map((length) => "长A😀 ".repeat(length / 5)),
      fc.webUrl({ withQueryParameters: true }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

const notices: fc.Arbitrary<Notice> = fc
  .record({
    event: fc.constantFrom(...NOTICE_EVENTS),
    rank: fc.nat({ max: 5 }),
    title: hostile,
    body: hostile,
    severity: hostile,
    facts: fc.array(fc.record({ name: hostile.map((text) => `n${text}`), value: hostile.map((text) => `v${text}`) }), {
      maxLength: 12,
    }),
    links: fc.array(
      fc.record({
        text: hostile.map((text) => `t${text}`.slice(0, 200)),
        path: fc.string({ unit: "grapheme-ascii", maxLength: 300 }),
      }),
      { maxLength: 8 },
    ),
    id: fc.oneof(fc.uuid(), hostile),
    group: hostile,
  })
  .map(({ links, title, ...more }) =>
    tidied({
      ...notice("zh"),
      ...more,
      title: `T${title}`,
      links: links.map(({ text, path }, at) => ({
        text,
        url: new URL(`https://link-${at}.example.com/${encodeURI(path)}`).href,
      })),
    }),
  );

/** Markup and mentions of every receiver, as a stranger writes them into what he is asked to send. */
const EVIL =
  '@channel @all <!channel> <at id=all></at> <@all> <font color="red">x</font> [x](https://evil.example/a) https://evil.example/@channel **b** _i_ `c` </Say> & co';
const evil = tidied(
  notice("en", {
    event: "again",
    title: EVIL,
    body: `# h\n> q\n- l\n1. o\n===\n${EVIL}`,
    facts: [{ name: EVIL, value: EVIL }],
    links: [{ text: EVIL, url: "https://link-0.example.com/a(b)|c>d" }],
  }),
);

/** What every notifier that speaks HTTP must do (model/notifier.ts). */
export function notifierSuite(given: NotifierCase): void {
  const { kind, vendor } = given;
  const at = "http://127.0.0.1:9";
  const parsed = kind.params.safeParse(given.params(at));
  const opened = () => {
    assert.ok(parsed.success, JSON.stringify(parsed));
    return open(parsed.data, portsOf(given.secrets(at)).secret);
  };

  test(`${kind.kind}: wrong parameters are refused and named; a secret in the open is one of them`, () => {
    assert.ok(parsed.success, JSON.stringify(parsed));
    const unknown = [{ ...given.params(at), nosuchfield: 1 }, "nosuchfield"] as const;
    for (const [bad, word] of [...given.bad, unknown]) {
      const refused = kind.params.safeParse(bad);
      assert.ok(!refused.success, `accepted ${JSON.stringify(bad)}`);
      assert.ok(
        JSON.stringify(refused.error.issues).includes(word),
        `${word}: ${JSON.stringify(refused.error.issues)}`,
      );
    }
  });

  test(`${kind.kind}: its receiver takes every event in both languages, over the wire; nothing else of it`, async (t) => {
    const { url, requests, replies } = await wire(t, vendor(), () => NOW);
    const channel = channelOf(kind.kind, given.params(url));
    const ports = portsOf(given.secrets(url));
    for (const lang of ["en", "zh"] as const)
      for (const event of NOTICE_EVENTS) {
        const delivery = await send(channel, notice(lang, { event }), ports);
        assert.equal(delivery.kind, "delivered", `${lang} ${event}: ${JSON.stringify([delivery, replies.at(-1)])}`);
      }
    assert.equal(requests.length, 2 * NOTICE_EVENTS.length);
    assert.ok(requests.every(({ method }) => method === "POST"));
  });

  for (const lang of ["en", "zh"] as const)
    test(`${kind.kind}: the same input gives the same bytes, as the golden file has them (${lang})`, async () => {
      const { params } = await opened();
      const request = kind.request(params, notice(lang), NOW);
      assert.deepEqual(kind.request(params, notice(lang), NOW), request);
      const form = request.headers["content-type"]?.includes("form");
      const body: unknown = form ? Object.fromEntries(new URLSearchParams(request.body)) : JSON.parse(request.body);
      const text = `${JSON.stringify({ ...request, body }, null, 2)}\n`;
      const file = join(GOLDEN, `${kind.kind}.${lang}.json`);
      if (process.env["WATCHBOOK_GOLDEN"] === "write") writeFileSync(file, text);
      assert.equal(text, readFileSync(file, "utf8"));
    });

  test(`${kind.kind}: hostile and endless notices are taken too: within the limit, no link or character cut, and it is said`, async () => {
    const { params } = await opened();
    const property = fc.property(notices, (one) => {
      const request = kind.request(params, one, NOW);
      const reply = vendor()(received(request), NOW);
      assert.equal(kind.answer(answered(reply), params).kind, "delivered", JSON.stringify(reply));
      assert.ok(Buffer.byteLength(request.body) <= kind.limits.bytes);
      assert.ok(
        Object.values(request.headers).every((value) => /^[\t\x20-\x7e]*$/.test(value)),
        "a header",
      );
      const texts = textsOf(request);
      for (const { url } of one.links)
        for (const text of texts)
          for (let from = text.indexOf(url.slice(0, 28)); from >= 0; from = text.indexOf(url.slice(0, 28), from + 1)) {
            const rest = text.slice(from).replaceAll("&amp;", "&");
            assert.ok(rest.startsWith(url) || rest.startsWith(href(url)), `a link was cut: ${rest.slice(0, 400)}`);
          }
    });
    fc.assert(property, { numRuns: 60 });
  });

  test(`${kind.kind}: text of strangers becomes no markup and calls nobody`, async () => {
    const { params } = await opened();
    const request = kind.request(params, evil, NOW);
    assert.equal(kind.answer(answered(vendor()(received(request), NOW)), params).kind, "delivered");
    const marked = fieldsOf(request).filter(([key]) => given.plain?.includes(key) !== true);
    for (const [, text] of marked) if (given.never) assert.doesNotMatch(text, given.never);
    assert.ok(textsOf(request).some((text) => text.includes("evil.example")) || given.linkless === true);
  });

  test(`${kind.kind}: what does not fit is shortened, says so, and keeps its links`, async () => {
    const { params } = await opened();
    const lines = Array.from({ length: 20_000 }, (_, at) => `😀 磁盘满了 https://body.example.com/${at}/end，写不下。`);
    const long = tidied(notice("zh", { body: lines.join("\n") }));
    const request = kind.request(params, long, NOW);
    const all = textsOf(request).join("\n");
    const mark = kind.kind === "voice" ? "已缩短" : long.shortened;
    assert.ok(all.includes(mark), all.slice(-300));
    assert.ok(all.isWellFormed());
    for (const [whole] of all.matchAll(/https:\/\/body[^，…\s]*/g))
      assert.match(whole, /^https:\/\/body\.example\.com\/\d+\/end$/);
    if (given.linkless !== true) assert.ok(all.includes(long.links[0]!.url));
    const short = textsOf(kind.request(params, notice("zh"), NOW)).join("\n");
    assert.ok(!short.includes(mark));
  });

  test(`${kind.kind}: no answer makes it throw, and only a receipt is one`, async () => {
    const { params } = await opened();
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("ok", "{}", "null", "[]", '{"errcode":"x"}', '{"code":{}}'),
    );
    const answers = fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      headers: fc.dictionary(fc.constantFrom("retry-after", "date", "location"), fc.string()),
      body,
    });
    fc.assert(
      fc.property(answers, (one) => {
        const delivery = kind.answer(one, params);
        if (one.status < 200 || one.status >= 300) assert.notEqual(delivery.kind, "delivered");
        if (delivery.kind === "later") assert.ok(delivery.afterMs >= 1_000 && delivery.afterMs <= 3_600_000);
      }),
      { numRuns: 200 },
    );
    const kindOf = (status: number, headers = {}) => kind.answer({ status, headers, body: "" }, params);
    assert.equal(kindOf(302, { location: "http://169.254.169.254/" }).kind, "refused");
    assert.equal(kindOf(404).kind, "refused");
    assert.equal(kindOf(500).kind, "later");
    const limited = kindOf(429, { "retry-after": "7" });
    assert.ok(limited.kind === "later" && limited.afterMs === 7_000, JSON.stringify(limited));
  });
}
