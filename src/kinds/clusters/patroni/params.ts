import { z } from "zod";
import type { BackupProgram } from "../../../model/backup.ts";
import { params as postgres, program as postgresProgram } from "../postgres/params.ts";

const path = z.string().regex(/^\/[\w./@+-]*$/, "backup-folder");
const secret = z.strictObject({ secret: z.string().min(1).describe("Reference of a secret.") });

/** A member that Patroni runs: the server, and its own Patroni. */
export const params = postgres.omit({ unit: true, synchronous: true, follow: true }).extend({
  patroni: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .default("http://127.0.0.1:8008")
        .describe("Its REST API, as its own target reaches it."),
      config: path.default("/etc/patroni/config.yml").describe("Its configuration: by that its process is known."),
      unit: z
        .string()
        .regex(/^[\w@.:\\-]+$/, "unit")
        .optional()
        .describe("systemd unit that runs it; default: `patroni CONFIG` is started as `user`."),
      user: z.string().min(1).optional().describe("User of its REST API, where it asks for one."),
      password: secret.optional().describe("`{secret: reference}`."),
      ca: path.optional().describe("File of the authority that signed its certificate, as its own target has it."),
    })
    .prefault({})
    .describe("Its Patroni."),
});
export type PatroniParams = z.infer<typeof params>;

/** Variables that every program finds: those of the server, and those of its Patroni. */
export function program(given: PatroniParams, text: string): BackupProgram {
  const { url, config, unit, user, password, ca } = given.patroni;
  const own = postgresProgram({ ...given, follow: {}, synchronous: "" }, text, {
    WB_API: url.replace(/\/+$/, ""),
    WB_API_USER: user ?? "",
    WB_API_CA: ca ?? "",
    WB_KEEPER: config,
    WB_KEEPER_UNIT: unit ?? "",
  });
  return { ...own, secrets: { ...own.secrets, ...(password && { WB_API_PASSWORD: password.secret }) } };
}
