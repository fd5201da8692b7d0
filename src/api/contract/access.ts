import { createRoute, z } from "@hono/zod-openapi";
import { ACCESS_ROLES } from "../../model/access.ts";
import { METHODS } from "../../model/account.ts";
import { answer, LangQuery, problem, refusals as usual, Time } from "./common.ts";

const refusals = {
  ...usual,
  401: problem("SIGN-IN: not signed in, or not any more; SIGN-IN-WRONG: name, password or code does not fit"),
  409: problem("It does not fit how things stand"),
  429: problem("SIGN-IN-WAIT: too many tries; Retry-After says how many seconds to wait"),
};

const PersonId = z.string().min(1).max(100);
const Password = z.string().min(1).max(1_000);
const Code = z.string().min(1).max(100);
const Names = z.array(z.string().max(200)).max(100);
const Reason = z.string().max(1_000);

export const Grant = z
  .object({ role: z.enum(ACCESS_ROLES), services: Names.optional(), environments: Names.optional() })
  .openapi("Grant", { description: "Without services or environments: for all" });

export const Session = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    roles: z.array(z.enum(ACCESS_ROLES)),
    grants: z.array(Grant),
    csrf: z.string().nullable().openapi({ description: "Goes into the header x-watchbook-csrf of all that acts" }),
    methods: z.array(z.enum(METHODS)).openapi({ description: "How this session was signed in" }),
    strong: z.boolean().openapi({ description: "By two factors: may approve" }),
    step: z.enum(["totp"]).nullable().openapi({ description: "What is still to be given" }),
    setup: z.boolean().openapi({ description: "Nobody administers yet" }),
    oidc: z.object({ name: z.string() }).nullable(),
    totp: z.boolean().openapi({ description: "The account has a second factor" }),
    readable: z.boolean().openapi({ description: "What there is can be looked at here without signing in" }),
    ends: Time.nullable().openapi({ description: "At the latest" }),
    idle: Time.nullable().openapi({ description: "When it ends if nothing is asked" }),
    breakGlass: z.object({ until: Time, reason: z.string() }).nullable(),
  })
  .openapi("Session");
export type Session = z.infer<typeof Session>;

const body = <T extends z.ZodType>(schema: T) => ({
  body: { content: { "application/json": { schema } }, required: true as const },
});
const session = { 200: answer(Session, "The session as it stands then"), ...refusals };

export const sessionRoute = createRoute({
  method: "get",
  path: "/api/session",
  summary: "Who asks, and what they may do; also of nobody",
  request: { query: LangQuery },
  responses: session,
});
export const signInRoute = createRoute({
  method: "post",
  path: "/api/session",
  summary: "Signs in by name and password; the session is a cookie",
  request: body(z.object({ person: PersonId, password: Password }).openapi("SignInRequest")),
  responses: session,
});
export const codeRoute = createRoute({
  method: "post",
  path: "/api/session/totp",
  summary: "The code of the second factor, or a recovery code, after the password",
  request: body(z.object({ code: Code }).openapi("CodeRequest")),
  responses: session,
});
export const inviteRoute = createRoute({
  method: "post",
  path: "/api/session/invite",
  summary: "Sets a password by the code that an administrator gave",
  request: body(z.object({ person: PersonId, invite: Code, password: Password }).openapi("InviteRequest")),
  responses: session,
});
export const signOutRoute = createRoute({
  method: "delete",
  path: "/api/session",
  summary: "Signs out",
  responses: session,
});
export const setupRoute = createRoute({
  method: "post",
  path: "/api/setup",
  summary: "Makes the first administrator; only from this machine, with the code that serve printed",
  request: body(
    z
      .object({ code: Code, person: PersonId, name: z.string().max(200).optional(), password: Password })
      .openapi("SetupRequest"),
  ),
  responses: session,
});
export const setupCodeRoute = createRoute({
  method: "get",
  path: "/api/setup-code",
  summary: "The code of the set-up; only through the socket",
  responses: { 200: answer(z.object({ code: z.string().nullable() }).openapi("SetupCode"), "The code"), ...refusals },
});
export const passwordRoute = createRoute({
  method: "post",
  path: "/api/account/password",
  summary: "One's own new password; all other sessions end",
  request: body(z.object({ password: Password, fresh: Password }).openapi("PasswordRequest")),
  responses: session,
});
export const totpRoute = createRoute({
  method: "post",
  path: "/api/account/totp",
  summary: "Offers a secret for an authenticator program",
  responses: {
    200: answer(z.object({ secret: z.string(), uri: z.string() }).openapi("TotpOffer"), "Shown once"),
    ...refusals,
  },
});
export const totpConfirmRoute = createRoute({
  method: "post",
  path: "/api/account/totp/confirm",
  summary: "Confirms it by a code; from then on the code is asked for",
  request: body(z.object({ code: Code }).openapi("TotpConfirm")),
  responses: {
    200: answer(z.object({ recovery: z.array(z.string()) }).openapi("Recovery"), "Codes, each good once; shown once"),
    ...refusals,
  },
});
export const breakGlassRoute = createRoute({
  method: "post",
  path: "/api/break-glass",
  summary: "Rights of an operator for a while, in an emergency; told to all and recorded",
  request: body(
    z
      .object({
        reason: Reason,
        minutes: z.number().int(),
        second: z.object({ person: PersonId, password: Password, code: Code.optional() }).optional(),
      })
      .openapi("BreakGlassRequest"),
  ),
  responses: session,
});
export const mendGlassRoute = createRoute({
  method: "delete",
  path: "/api/break-glass",
  summary: "Ends one's own emergency",
  responses: session,
});
export const oidcStartRoute = createRoute({
  method: "get",
  path: "/api/oidc/start",
  summary: "Leads to the provider",
  request: { query: z.object({ next: z.string().max(500).optional() }) },
  responses: { 302: { description: "To the provider" }, ...refusals },
});
export const oidcCallbackRoute = createRoute({
  method: "get",
  path: "/api/oidc/callback",
  summary: "Where the provider leads back to",
  responses: { 302: { description: "Signed in, or to /sign-in?problem=CODE" }, ...refusals },
});
