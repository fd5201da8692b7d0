import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { TestContext } from "node:test";
import { freePort } from "./port.ts";

/** It brings no types. */
const PACKAGE: string = "oidc-provider";

export const CLIENT = { id: "watchbook", secret: "between provider and watchbook" } as const;

/** What somebody does at the provider: who they are there, and how that was shown. */
export interface Login {
  readonly sub: string;
  readonly amr?: readonly string[];
}

export interface Identities {
  readonly issuer: string;
  /** Who signs in next. */
  login: Login;
}

type Handler = (request: IncomingMessage, answer: ServerResponse) => void;

interface Provider {
  callback(): Handler;
  interactionFinished(request: IncomingMessage, answer: ServerResponse, result: object): Promise<void>;
  Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}

const opened = (t: Pick<TestContext, "after">, server: Server, port: number): Promise<void> => {
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
};

/** The real provider of the package oidc-provider, whose people sign in without being asked; `back`: where it may lead back to. */
export async function identities(t: Pick<TestContext, "after">, back: string): Promise<Identities> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const here: { issuer: string; login: Login } = { issuer, login: { sub: "sub-wang" } };
  const { default: Made } = (await import(PACKAGE)) as {
    default: new (issuer: string, configuration: object) => Provider;
  };
  const provider = new Made(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [back],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub", "amr"] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["one test's own"] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    interactions: { url: () => "/interaction" },
    loadExistingGrant: async (ctx: any) => {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const rest = provider.callback();
  const server = createServer((request, answer) => {
    if (request.url !== "/interaction") return rest(request, answer);
    const { sub, amr } = here.login;
    void provider.interactionFinished(request, answer, {
      login: { accountId: sub, ...(amr && { amr }), remember: false },
    });
  });
  await opened(t, server, port);
  return here;
}

/** A stand-in provider that answers with whatever token it is told to make: no honest one does. */
export interface Forger {
  readonly issuer: string;
  /** Changes the header and claims of the next token, and by which key it is signed. */
  forge: (claims: Record<string, unknown>) => {
    readonly header?: object;
    readonly claims?: object;
    readonly by?: "stranger" | "nobody" | "secret";
  };
  /** What was sent with the browser. */
  nonce: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export async function forger(t: Pick<TestContext, "after">, now: () => number): Promise<Forger> {
  const [own, stranger] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 })) as [any, any];
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const asked: string[] = [];
  const here: Forger = { issuer, nonce: "", forge: () => ({}), asked };
  const signed = (header: object, claims: object, by: string): string => {
    const body = `${part(header)}.${part(claims)}`;
    if (by === "nobody") return `${body}.`;
    const key = by === "stranger" ? stranger : own;
    return `${body}.${sign("sha256", Buffer.from(body), key.privateKey).toString("base64url")}`;
  };
  const token = (): string => {
    const at = Math.floor(now() / 1000);
    const honest = { iss: issuer, aud: CLIENT.id, sub: "sub-wang", nonce: here.nonce, iat: at, exp: at + 300 };
    const { header = {}, claims = {}, by = "own" } = here.forge(honest);
    return signed({ alg: "RS256", kid: "k", typ: "JWT", ...header }, { ...honest, ...claims }, by);
  };
  const answers: Readonly<Record<string, () => object>> = {
    "/.well-known/openid-configuration": () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ["RS256", "none", "HS256"],
    }),
    "/jwks": () => ({ keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] }),
    "/token": () => ({
      access_token: createHash("sha256").update("x").digest("hex"),
      token_type: "bearer",
      id_token: token(),
    }),
  };
  const server = createServer((request, answer) => {
    asked.push(request.url ?? "");
    const made = answers[request.url ?? ""];
    answer.writeHead(made ? 200 : 404, { "content-type": "application/json" });
    answer.end(JSON.stringify(made?.() ?? {}));
  });
  await opened(t, server, port);
  return here;
}
