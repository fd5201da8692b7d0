import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineMailNotifier, type Mail, type Opened } from "../../model/notifier.ts";
import { secret } from "./params/secret.ts";
import { clip } from "./text/cut.ts";
import { keyOf } from "./text/key.ts";
import { oneLine, plainText } from "./text/lines.ts";
import { shortened } from "./text/shorten.ts";

const BYTES = 256_000;
const SUBJECT = 200;

const address = z.string().regex(/^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/, "mail-address");

const params = z
  .strictObject({
    host: z
      .string()
      .regex(/^[^\s/:@]+$|^[0-9a-fA-F:]+$/, "host")
      .describe("Mail server."),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe("Its port; default 587, with implicit TLS 465, without TLS 25."),
    tls: z
      .enum(["starttls", "implicit", "none"])
      .default("starttls")
      .describe(
        "starttls: nothing is sent to a server that does not offer it. none: readable on the way, and no password goes.",
      ),
    user: z.string().min(1).optional().describe("Account, where the server asks for one."),
    password: secret.optional().describe("Its password."),
    from: address.describe("Sender."),
    to: z.array(address).min(1).max(50).describe("Receivers."),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), "user-and-password")
  .refine(({ tls, password }) => tls !== "none" || password === undefined, "password-in-the-open");
type Params = z.infer<typeof params>;

const PORT = { starttls: 587, implicit: 465, none: 25 } as const;

/** What stands before the @ of a message id. */
const LOCAL = /^[\w-]+$/;

function mail({ host, port, tls, user, password, from, to }: Opened<Params>, notice: Notice): Mail {
  const cut = shortened(notice, (tried) => Buffer.byteLength(plainText(tried)) <= BYTES);
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const urgent = notice.rank <= 0 && notice.event !== "resolve" && notice.event !== "test";
  return {
    server: {
      host,
      port: port ?? PORT[tls],
      tls,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
    },
    from,
    to,
    subject: clip(oneLine(cut.title), SUBJECT),
    text: `${plainText(cut)}\n`,
    messageId: `<${keyOf(notice.id, 64, LOCAL)}@${domain}>`,
    references: `<group-${keyOf(notice.group, 58, LOCAL)}@${domain}>`,
    headers: {
      // RFC 3834: nobody's holiday answer comes back.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(urgent && { Importance: "high", "X-Priority": "1" }),
    },
  };
}

/** Mail, through a server that takes it by SMTP. */
export const emailNotifier = defineMailNotifier<Params>({
  kind: "email",
  params,
  limits: { bytes: BYTES, perMinute: 30 },
  mail,
});
