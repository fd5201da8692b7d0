// Signing in by a provider: the real package oidc-provider, and a stand-in that forges what no honest one answers.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Serving } from "../src/cli/serve.ts";
import { systemClock, type Clock } from "../src/model/time.ts";
import { ask, bookFolder, serving, shiftedClock, type Answer } from "./kit/daemon.ts";
import { CLIENT, forger, identities } from "./kit/identity.ts";
import { Browser, CHEAP, TEAM } from "./kit/people.ts";
import { freePort } from "./kit/port.ts";

const config = (issuer: string): string => `${TEAM}oidc:
  name: Example login
  issuer: ${issuer}
  client: ${CLIENT.id}
  secret: env:OIDC_SECRET
  people: { sub-wang: wang, sub-zhao: zhao }
`;

/** A browser's way through other people's pages: follows with their cookies until it is led back to `home`. */
async function through(start: string, home: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = start;
  for (let hops = 0; hops < 12; hops += 1) {
    const { origin, pathname, search } = new URL(at);
    if (origin === home) return `${pathname}${search}`;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer: Answer = await ask(origin, `${pathname}${search}`, { headers: { cookie, accept: "text/html" } });
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    if (answer.headers["location"] === undefined) throw new Error(`${answer.status} ${answer.text}`);
    at = new URL(String(answer.headers["location"]), at).href;
  }
  throw new Error(`led round in circles: ${at}`);
}

async function served(
  t: TestContext,
  make: (url: string) => Promise<{ readonly issuer: string }>,
  clock: Clock = systemClock,
): Promise<Serving> {
  const port = await freePort();
  const { issuer } = await make(`http://127.0.0.1:${port}`);
  return serving(t, bookFolder(t, { "watchbook.yaml": config(issuer) }), {
    clock,
    cost: CHEAP,
    listen: `127.0.0.1:${port}`,
    env: { OIDC_SECRET: CLIENT.secret },
  });
}

const problemOf = ({ headers }: Answer): string | null =>
  new URL(String(headers["location"]), "http://x").searchParams.get("problem");

test("a person of the map signs in through a real provider; two factors there are two factors here; strangers stay out", async (t) => {
  let provider: Awaited<ReturnType<typeof identities>> | undefined;
  const on = await served(t, async (url) => (provider = await identities(t, `${url}/api/oidc/callback`)));
  const enter = async (): Promise<readonly [Browser, Answer, string]> => {
    const browser = new Browser(on.url);
    const away = await browser.get("/api/oidc/start?next=/runs/7");
    assert.equal(away.status, 302, away.text);
    const back = await through(String(away.headers["location"]), on.url);
    return [browser, await browser.get(back), back];
  };
  assert.deepEqual((await ask(on.url, "/api/session")).json.oidc, { name: "Example login" });
  const [wang, done, back] = await enter();
  assert.deepEqual([done.status, done.headers["location"]], [302, "/runs/7"]);
  const session = (await wang.get("/api/session")).json;
  assert.deepEqual([session.person.id, session.methods, session.strong], ["wang", ["oidc"], false]);
  assert.equal((await wang.post("/api/v1/gaps", { question: "?", by: "-" })).status, 201);
  // The same answer again, from the same browser and from a thief's.
  for (const browser of [wang.stolen(), new Browser(on.url)])
    assert.equal(problemOf(await browser.get(back)), "OIDC-STATE");
  provider!.login = { sub: "sub-zhao", amr: ["pwd", "otp"] };
  const [zhao] = await enter();
  const strong = (await zhao.get("/api/session")).json;
  assert.deepEqual([strong.person.id, strong.strong], ["zhao", true]);
  provider!.login = { sub: "sub-nobody" };
  const [nobody, refused] = await enter();
  assert.equal(problemOf(refused), "OIDC-STRANGER");
  assert.equal((await nobody.get("/api/session")).json.person, null);
  const { entries } = (await ask({ socket: on.socket }, "/api/audit?action=oidc.callback")).json;
  assert.deepEqual(entries.map((one: any) => [one.person, one.outcome, one.code ?? ""]).toReversed(), [
    ["wang", "done", ""],
    ["wang", "refused", "OIDC-STATE"],
    ["-", "refused", "OIDC-STATE"],
    ["zhao", "done", ""],
    ["-", "refused", "OIDC-STRANGER"],
  ]);
});

test("strangers who only begin leave no line in the log, ask nothing of the provider, and push out nobody's sign-in", async (t) => {
  let fake: Awaited<ReturnType<typeof forger>> | undefined;
  const on = await served(t, async () => (fake = await forger(t, () => systemClock.wall())));
  const victim = new Browser(on.url);
  const away = new URL(String((await victim.get("/api/oidc/start?next=/alerts")).headers["location"]));
  const head = async () => (await ask({ socket: on.socket }, "/api/audit?limit=1")).json.head?.seq ?? 0;
  const before = await head();
  const statuses: number[] = [];
  for (let n = 0; n < 1_050; n += 1) statuses.push((await ask(on.url, "/api/oidc/start")).status);
  assert.deepEqual([statuses[0], statuses.at(-1)], [302, 429]);
  assert.ok(statuses.filter((status) => status === 302).length <= 30);
  const refused = await ask(on.url, "/api/oidc/start");
  assert.deepEqual(
    [refused.json.code, refused.headers["retry-after"]],
    ["OIDC-WAIT", String(refused.json.args.seconds)],
  );
  assert.equal(await head(), before);
  assert.equal(fake!.asked.filter((path) => path.includes("openid-configuration")).length, 1);
  fake!.nonce = away.searchParams.get("nonce") ?? "";
  const back = `/api/oidc/callback?code=c&state=${away.searchParams.get("state")}`;
  // Whoever took the cookie on its way gets nothing once its owner has come back.
  const thief = victim.stolen();
  assert.equal((await victim.get(back)).headers["location"], "/alerts");
  assert.equal(problemOf(await thief.get(back)), "OIDC-STATE");
  assert.equal((await thief.get("/api/session")).json.person, null);
});

test("what the browser carries to the provider and back is sealed, ends, and is not another daemon's", async (t) => {
  let fake: Awaited<ReturnType<typeof forger>> | undefined;
  const clock = shiftedClock(systemClock.wall());
  const on = await served(t, async () => (fake = await forger(t, () => clock.wall())), clock);
  const begun = async (): Promise<readonly [Browser, string]> => {
    const browser = new Browser(on.url);
    const { headers } = await browser.get("/api/oidc/start");
    const away = new URL(String(headers["location"]));
    fake!.nonce = away.searchParams.get("nonce") ?? "";
    return [browser, `/api/oidc/callback?code=c&state=${away.searchParams.get("state")}`];
  };
  const [reader, ways] = await begun();
  const [sealed = ""] = reader.cookies.values();
  for (const secret of [fake!.nonce, new URLSearchParams(ways).get("state") ?? ""])
    assert.ok(!sealed.includes(secret) && !Buffer.from(sealed, "base64url").includes(secret));
  for (const [name] of reader.cookies)
    reader.cookies.set(name, `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`);
  assert.equal(problemOf(await reader.get(ways)), "OIDC-STATE");
  for (const odd of ["", "x", "A".repeat(60)]) {
    const [browser, back] = await begun();
    for (const [name] of browser.cookies) browser.cookies.set(name, odd);
    assert.equal(problemOf(await browser.get(back)), "OIDC-STATE", odd);
  }
  const [late, back] = await begun();
  clock.set(clock.wall() + 11 * 60_000);
  assert.equal(problemOf(await late.get(back)), "OIDC-STATE");
});

test("an answer with another state, nonce, issuer, audience, key, algorithm or time is refused; nobody is led off to another site", async (t) => {
  let fake: Awaited<ReturnType<typeof forger>> | undefined;
  const on = await served(t, async () => (fake = await forger(t, () => systemClock.wall())));
  const tried = async (more: Record<string, string> = {}, next = "/"): Promise<Answer> => {
    const browser = new Browser(on.url);
    const away = new URL(
      String((await browser.get(`/api/oidc/start?next=${encodeURIComponent(next)}`)).headers["location"]),
    );
    assert.equal(away.searchParams.get("code_challenge_method"), "S256");
    fake!.nonce = away.searchParams.get("nonce") ?? "";
    const back = new URLSearchParams({ code: "c", state: away.searchParams.get("state") ?? "", ...more });
    return browser.get(`/api/oidc/callback?${back.toString()}`);
  };
  for (const next of ["/alerts", "//evil.example", "/\\evil.example", "https://evil.example"])
    assert.equal((await tried({}, next)).headers["location"], next === "/alerts" ? next : "/", next);
  assert.equal(problemOf(await tried({ state: "forged" })), "OIDC-REFUSED");
  assert.equal(problemOf(await tried({ iss: "https://evil.example" })), "OIDC-REFUSED");
  assert.equal(problemOf(await tried({ error: "access_denied" })), "OIDC-DENIED");
  const forged: Readonly<Record<string, ReturnType<NonNullable<typeof fake>["forge"]>>> = {
    nonce: { claims: { nonce: "another" } },
    "no nonce": { claims: { nonce: undefined } },
    issuer: { claims: { iss: "https://evil.example" } },
    audience: { claims: { aud: "another-client" } },
    "two audiences": { claims: { aud: [CLIENT.id, "another"] } },
    expired: { claims: { exp: Math.floor(systemClock.wall() / 1000) - 3_600 } },
    "no end": { claims: { exp: undefined } },
    "alg none": { header: { alg: "none" }, by: "nobody" },
    "no signature": { by: "nobody" },
    "a stranger's key": { by: "stranger" },
    "a symmetric key": { header: { alg: "HS256" }, by: "own" as never },
    "a made-up claim": { claims: { sub: 7 } },
  };
  for (const [what, change] of Object.entries(forged)) {
    fake!.forge = () => change;
    const answer = await tried();
    assert.equal(problemOf(answer), "OIDC-REFUSED", `${what}: ${String(answer.headers["location"])}`);
    assert.ok(![answer.headers["set-cookie"] ?? []].flat().some((line) => /^watchbook-[0-9a-f]{8}=/.test(line)), what);
  }
  fake!.forge = () => ({});
  assert.equal((await tried()).headers["location"], "/");
});
