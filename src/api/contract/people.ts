import { createRoute, z } from "@hono/zod-openapi";
import { METHODS } from "../../model/account.ts";
import { Grant } from "./access.ts";
import { answer, problem, refusals as usual, Time } from "./common.ts";

const refusals = { ...usual, 409: problem("It does not fit how things stand") };
const PersonId = z.string().min(1).max(100);
const Names = z.array(z.string().max(200)).max(100);

export const AccountShown = z
  .object({
    person: z.string(),
    name: z.string(),
    administrator: z.boolean().openapi({ description: "Administers without the book's word" }),
    password: z.boolean(),
    totp: z.boolean(),
    disabled: Time.optional(),
    last: Time.optional(),
    sessions: z.number().int(),
    grants: z.array(Grant).nullable().openapi({ description: "null: is not in the book any more, or disabled" }),
  })
  .openapi("Account");
export type AccountShown = z.infer<typeof AccountShown>;

export const Invitation = z
  .object({ person: z.string(), invite: z.string(), expires: Time })
  .openapi("Invitation", { description: "Shown once: with it the person sets a password" });

export const SessionShown = z
  .object({
    id: z.string(),
    person: z.string(),
    made: Time,
    seen: Time,
    ends: Time,
    address: z.string(),
    agent: z.string(),
    methods: z.array(z.enum(METHODS)),
    current: z.boolean(),
  })
  .openapi("SessionShown");
export type SessionShown = z.infer<typeof SessionShown>;

export const AuditShown = z
  .object({
    seq: z.number().int(),
    at: Time,
    person: z.string(),
    action: z.string(),
    object: z.string(),
    outcome: z.enum(["done", "refused", "failed"]),
    code: z.string().optional(),
    reason: z.string().optional(),
    address: z.string(),
    session: z.string().optional(),
    request: z.string().optional(),
    omitted: z.number().int().optional(),
    hash: z.string(),
  })
  .openapi("AuditEntry");
export type AuditShown = z.infer<typeof AuditShown>;

const json = <T extends z.ZodType>(schema: T) => ({ content: { "application/json": { schema } }, required: true });

export const accountsRoute = createRoute({
  method: "get",
  path: "/api/accounts",
  summary: "Accounts",
  responses: { 200: answer(z.object({ accounts: z.array(AccountShown) }).openapi("Accounts"), "By id"), ...refusals },
});
export const accountAddRoute = createRoute({
  method: "post",
  path: "/api/accounts",
  summary: "Makes an account for a person of the book; needs two factors, or the socket",
  request: {
    body: json(z.object({ person: PersonId, administrator: z.boolean().default(false) }).openapi("AccountRequest")),
  },
  responses: { 201: answer(Invitation, "The invitation"), ...refusals },
});
export const accountActionRoute = createRoute({
  method: "post",
  path: "/api/accounts/{person}/actions",
  summary:
    "Forgets password and second factor, disables, enables; sessions and tokens end; needs two factors, or the socket",
  request: {
    params: z.object({ person: PersonId }),
    body: json(
      z
        .object({ do: z.enum(["reset", "disable", "enable"]), reason: z.string().max(1_000).default("") })
        .openapi("AccountAction"),
    ),
  },
  responses: {
    200: answer(
      z.object({ account: AccountShown, invitation: Invitation.optional() }).openapi("AccountActed"),
      "The account",
    ),
    ...refusals,
  },
});
export const sessionsRoute = createRoute({
  method: "get",
  path: "/api/sessions",
  summary: "One's own sessions; an administrator's `all` those of everybody",
  request: { query: z.object({ all: z.enum(["true", "false"]).default("false") }) },
  responses: {
    200: answer(z.object({ sessions: z.array(SessionShown) }).openapi("Sessions"), "Newest first"),
    ...refusals,
  },
});
export const sessionEndRoute = createRoute({
  method: "delete",
  path: "/api/sessions/{id}",
  summary: "Ends a session",
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: {
    200: answer(z.object({ id: z.string(), person: z.string() }).openapi("SessionEnded"), "It is over"),
    ...refusals,
  },
});

const TokenKept = z
  .object({
    id: z.string(),
    person: z.string(),
    scope: z.enum(["read", "write"]),
    services: Names.optional(),
    environments: Names.optional(),
    made: Time,
    expires: Time,
  })
  .openapi("TokenKept");
export type TokenKept = z.infer<typeof TokenKept>;
export const tokensRoute = createRoute({
  method: "get",
  path: "/api/v1/tokens",
  summary: "One's own tokens; an administrator's `all` those of everybody",
  request: { query: z.object({ all: z.enum(["true", "false"]).default("false") }) },
  responses: { 200: answer(z.object({ tokens: z.array(TokenKept) }).openapi("Tokens"), "Tokens"), ...refusals },
});
export const tokenEndRoute = createRoute({
  method: "delete",
  path: "/api/v1/tokens/{id}",
  summary: "Revokes a token",
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: { 200: answer(TokenKept, "It is good for nothing any more"), ...refusals },
});

export const auditRoute = createRoute({
  method: "get",
  path: "/api/audit",
  summary: "What was done, by whom, and what was refused; newest first",
  request: {
    query: z.object({
      before: z.coerce.number().int().min(1).optional(),
      person: z.string().max(200).optional(),
      action: z.string().max(200).optional(),
      verify: z.enum(["true", "false"]).default("false").openapi({ description: "true: reads all of it" }),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
  },
  responses: {
    200: answer(
      z
        .object({
          entries: z.array(AuditShown),
          broken: z.number().int().nullable().openapi({
            description: "With `verify`: number of the first entry that does not follow the one before it",
          }),
          head: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
        })
        .openapi("Audit"),
      "Entries, each bound to the one before it",
    ),
    ...refusals,
  },
});
