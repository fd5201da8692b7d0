import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import type { Serving } from "../../src/cli/serve.ts";
import { ask, type Answer } from "./daemon.ts";

/** A password that costs nothing: tests try many. */
export const CHEAP = { memory: 64, passes: 1, lanes: 1 } as const;
export const PASSWORD = "correct horse battery staple";

/** People of a small team, each with what they may do. */
export const TEAM = `title: Beacon node
lang: en
zone: Asia/Shanghai
environments:
  staging: {}
  prod: {}
services:
  web: {}
  mail: {}
people:
  wang: { name: Wang, access: operator }
  li: { access: [viewer, { role: operator, services: [mail] }] }
  zhao: { access: approver }
  chen: {}
checks:
  beacon:
    kind: file
    title: Beacon file
    params: { path: beacon }
    items: ["The beacon file is there"]
`;

/** A browser: keeps its cookie, and sends what our page would. */
export class Browser {
  readonly url: string;
  cookies = new Map<string, string>();
  csrf = "";

  constructor(url: string) {
    this.url = url;
  }

  async send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    const sent = body === undefined ? {} : { body: text };
    const headers: Record<string, string> = {
      origin: this.url,
      "sec-fetch-site": "same-origin",
      ...(body !== undefined && {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(text)),
      }),
      ...(cookie !== "" && { cookie }),
      ...(this.csrf !== "" && { "x-watchbook-csrf": this.csrf }),
      ...more,
    };
    const answer = await ask(this.url, path, { method, headers, ...sent });
    this.#keep(answer);
    return answer;
  }

  #keep({ headers, json }: Answer): void {
    for (const line of [headers["set-cookie"] ?? []].flat()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    if (json && typeof json === "object" && "csrf" in json) this.csrf = json.csrf ?? "";
  }

  get = (path: string): Promise<Answer> => this.send("GET", path);
  post = (path: string, body: unknown = {}, more: Record<string, string> = {}): Promise<Answer> =>
    this.send("POST", path, body, more);
  /** A body as it is written, named as a page would not name it. */
  raw = (path: string, body: string, type = "application/json"): Promise<Answer> =>
    this.send("POST", path, body, { "content-type": type });
  end = (path: string): Promise<Answer> => this.send("DELETE", path);

  /** A copy, as a thief has it. */
  stolen(): Browser {
    const thief = new Browser(this.url);
    thief.cookies = new Map(this.cookies);
    return thief;
  }
}

const overSocket = (serving: Serving, path: string, method: string, body?: unknown): Promise<Answer> =>
  ask({ socket: serving.socket }, path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** The first administrator, made as a person would. */
export async function administrator(serving: Serving, person = "boss"): Promise<Browser> {
  const { code } = (await overSocket(serving, "/api/setup-code", "GET")).json;
  const browser = new Browser(serving.url);
  const done = await browser.post("/api/setup", { code, person, password: PASSWORD });
  assert.equal(done.status, 200, done.text);
  return browser;
}

/** A person with an account, signed in with a password. */
export async function member(serving: Serving, person: string): Promise<Browser> {
  const { invite } = (await overSocket(serving, "/api/accounts", "POST", { person })).json;
  const browser = new Browser(serving.url);
  const done = await browser.post("/api/session/invite", { person, invite, password: PASSWORD });
  assert.equal(done.status, 200, done.text);
  return browser;
}

/** What an authenticator program shows at `at`, milliseconds. */
export const codeAt = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: "SHA1" }).generate({ timestamp: at });

/** The same person, signed in by two factors from now on; `at`: what the daemon's clock says, milliseconds. Gives the secret. */
export async function strengthen(browser: Browser, at: number): Promise<string> {
  const { secret } = (await browser.post("/api/account/totp")).json;
  const done = await browser.post("/api/account/totp/confirm", { code: codeAt(secret, at) });
  assert.equal(done.status, 200, done.text);
  return secret;
}
