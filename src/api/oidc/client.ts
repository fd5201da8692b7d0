import * as openid from "openid-client";
import type { OidcSpec } from "../../model/config.ts";
import { WatchbookError } from "../../model/error.ts";
import { referenceOf } from "../../model/secret.ts";
import type { Parts } from "../front.ts";

/** A sign-in at the provider that has begun: the browser carries it sealed. */
export interface Begun {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** Address that the provider leads back to. */
  readonly redirect: string;
  /** Path of the page that is shown then. */
  readonly next: string;
  /** Milliseconds since the epoch. */
  readonly made: number;
}

/** Who somebody is, as the provider says, after all its signatures held. */
export interface Identity {
  readonly value: string;
  readonly strong: boolean;
}

/** The provider of the book. Throws OIDC-ABSENT. */
export function specOf({ daemon }: Parts): OidcSpec {
  const { oidc } = daemon.book().open.book.config;
  if (!oidc) throw new WatchbookError("OIDC-ABSENT");
  return oidc;
}

/** Says what became of a request to the provider; the detail is the library's own code, never a token. */
function said(error: unknown, spec: OidcSpec): WatchbookError {
  if (error instanceof WatchbookError) return error;
  if (error instanceof openid.AuthorizationResponseError)
    return new WatchbookError("OIDC-DENIED", { provider: spec.name, detail: error.error }, { cause: error });
  if (error instanceof openid.ResponseBodyError)
    return new WatchbookError("OIDC-REFUSED", { provider: spec.name, detail: error.error }, { cause: error });
  const code = (error as { readonly code?: unknown }).code;
  const detail = typeof code === "string" ? code : "";
  if (detail.startsWith("OAUTH_") && detail !== "OAUTH_TIMEOUT")
    return new WatchbookError("OIDC-REFUSED", { provider: spec.name, detail }, { cause: error });
  return new WatchbookError("OIDC-UNREACHABLE", { provider: spec.name, issuer: spec.issuer }, { cause: error });
}

/** What the provider says of itself, and how we show who we are. The library refuses an answer that names another issuer. */
async function configured(parts: Parts, spec: OidcSpec): Promise<openid.Configuration> {
  const { secrets } = parts.daemon.book().open.book.config;
  const secret =
    spec.secret === undefined ? undefined : await parts.daemon.house.secret(referenceOf(secrets, spec.secret));
  const auth = secret === undefined ? openid.None() : openid.ClientSecretBasic(secret);
  return discovered(parts, spec, { secret, auth });
}

/** What a provider says of itself changes rarely: it is asked once in so long, milliseconds, however many begin. */
const KNOWN_MS = 10 * 60_000;
const known = new WeakMap<
  object,
  { readonly of: string; readonly at: number; readonly said: Promise<openid.Configuration> }
>();

function discovered(
  { access }: Parts,
  spec: OidcSpec,
  { secret, auth }: { readonly secret: string | undefined; readonly auth: openid.ClientAuth },
): Promise<openid.Configuration> {
  const at = access.clock.wall();
  const of = JSON.stringify([spec.issuer, spec.client, secret]);
  const last = known.get(access);
  if (last?.of === of && at - last.at < KNOWN_MS) return last.said;
  const said = discover(spec, auth);
  known.set(access, { of, at, said });
  // One that did not answer is asked again by whoever comes next.
  said.catch(() => known.get(access)?.said === said && known.delete(access));
  return said;
}

function discover(spec: OidcSpec, auth: openid.ClientAuth): Promise<openid.Configuration> {
  // The schema lets http through for this machine only.
  const execute = spec.issuer.startsWith("http:") ? [openid.allowInsecureRequests] : [];
  // The signature of the ID token is checked too, although it came over our own connection: a line more, a forgery less.
  return openid.discovery(new URL(spec.issuer), spec.client, undefined, auth, {
    execute: [...execute, openid.enableNonRepudiationChecks],
    timeout: 10,
  });
}

/** Begins: where the browser goes, and what is kept until it comes back (RFC 6749, RFC 7636, OpenID Connect Core 3.1). */
export async function begin(
  parts: Parts,
  { redirect, next, now }: { readonly redirect: string; readonly next: string; readonly now: number },
): Promise<{ readonly url: URL; readonly begun: Begun }> {
  const spec = specOf(parts);
  try {
    const config = await configured(parts, spec);
    const begun = {
      verifier: openid.randomPKCECodeVerifier(),
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      ...{ redirect, next, made: now },
    };
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope: ["openid", ...spec.scopes].join(" "),
      code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: "S256",
      state: begun.state,
      nonce: begun.nonce,
    });
    return { url, begun };
  } catch (error) {
    throw said(error, spec);
  }
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");

/** Ends: trades the code for an ID token and believes it only when state, nonce, issuer, audience, time and signature hold. */
export async function finish(parts: Parts, begun: Begun, search: string): Promise<Identity> {
  const spec = specOf(parts);
  try {
    const config = await configured(parts, spec);
    const tokens = await openid.authorizationCodeGrant(config, new URL(search, begun.redirect), {
      pkceCodeVerifier: begun.verifier,
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const value = claims[spec.claim];
    if (typeof value !== "string") throw new WatchbookError("OIDC-CLAIM", { provider: spec.name, claim: spec.claim });
    // An address that nobody has proved is anybody's.
    if (spec.claim === "email" && claims["email_verified"] !== true)
      throw new WatchbookError("OIDC-CLAIM", { provider: spec.name, claim: "email_verified" });
    const how = [...texts(claims["amr"]), ...texts(claims["acr"])];
    return { value, strong: how.some((one) => spec.strong.includes(one)) };
  } catch (error) {
    throw said(error, spec);
  }
}
