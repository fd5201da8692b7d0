import { z } from "zod";
import { ACCESS_ROLES, type Grant } from "../../model/access.ts";
import type { BookConfig, OidcSpec } from "../../model/config.ts";
import { given } from "../../model/given.ts";
import type { Source } from "../../model/source.ts";
import { id, like, text } from "./forms.ts";

const role = z.enum(ACCESS_ROLES);
const grant = z.union(
  [
    role,
    z.strictObject({
      role: role.describe(
        "viewer looks; operator does; approver agrees; administrator does all this and keeps accounts.",
      ),
      services: z.array(id).min(1, "[web]").optional().describe("Only for these services, by id; default: all."),
      environments: z.array(id).min(1, "[staging]").optional().describe("Only in these environments; default: all."),
    }),
  ],
  "operator | { role: operator, environments: [staging] }",
);

/** What a person may do: one role, or several. */
export const access = z.union([grant, z.array(grant).min(1, "[operator]")], "operator | [viewer, { role: operator }]");

const http = like(
  /^https:\/\/[^\s#?]+$|^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/[^\s#?]*)?$/,
  "https://login.example.org",
);

export const oidc = z.strictObject({
  name: text.optional().describe("Name on the button; default: the issuer's host."),
  issuer: http.describe("Address of the provider, as its tokens name it."),
  client: text.describe("Client id that the provider gave."),
  secret: text.optional().describe("Client secret: a name of `secrets`, env:NAME or file:/path."),
  scopes: z.array(text).optional().describe("What is asked for besides openid. Default: none."),
  claim: text.optional().describe("Claim of the ID token that says who somebody is. Default sub."),
  people: z
    .record(z.string(), id)
    .describe("Value of the claim → person of the book. Whoever is not in it does not come in."),
  strong: z
    .array(text)
    .optional()
    .describe("Values of amr or acr that stand for two factors. Default: mfa, otp, hwk, swk, sc, pop."),
});

/** RFC 8176: what is itself a second factor, or says that there was one. */
const STRONG = ["mfa", "otp", "hwk", "swk", "sc", "pop"];

type RawGrant = z.output<typeof grant>;

const grantGiven = (raw: RawGrant): Grant =>
  typeof raw === "string"
    ? { role: raw }
    : { ...given({ services: raw.services, environments: raw.environments }), role: raw.role };

export const grantsGiven = (raw: z.output<typeof access>): readonly Grant[] =>
  (Array.isArray(raw) ? raw : [raw]).map(grantGiven);

export const oidcOf = (raw: z.output<typeof oidc>, source: Source): OidcSpec => ({
  ...given({ secret: raw.secret }),
  ...{ issuer: raw.issuer, client: raw.client, people: raw.people, source },
  name: raw.name ?? new URL(raw.issuer).host,
  scopes: raw.scopes ?? [],
  claim: raw.claim ?? "sub",
  strong: raw.strong ?? STRONG,
});

type Refer = (path: readonly PropertyKey[], name: string | undefined, known: readonly string[]) => void;

/** Services, environments and people that grants and the provider's map name. */
export function accessReferences(config: BookConfig, refer: Refer): void {
  const [services, environments, people] = [config.services, config.environments, config.people].map((list) =>
    list.map((one) => one.id),
  ) as [string[], string[], string[]];
  for (const { id: person, access: grants = [] } of config.people)
    for (const one of grants) {
      const path = ["people", person, "access"];
      for (const name of one.services ?? []) refer(path, name, services);
      // Environments may stand in the manual instead.
      if (environments.length > 0) for (const name of one.environments ?? []) refer(path, name, environments);
    }
  for (const [value, person] of Object.entries(config.oidc?.people ?? {}))
    refer(["oidc", "people", value], person, people);
}
