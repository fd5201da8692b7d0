import type { ChannelSpec } from "../../../model/notifier.ts";
import { isBefore, type RenderOptions, type Version } from "../../../model/renderer.ts";
import { referenceOf } from "../../../model/secret.ts";

type Params = Readonly<Record<string, unknown>>;

/** What one channel is to Alertmanager: settings of its receiver, or why there are none. */
export type Receiving =
  | { readonly list: string; readonly settings: Params }
  | { readonly reason: "needs-alertmanager"; readonly version: string }
  | { readonly reason: "no-receiver" };

export interface Secrets {
  readonly references: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** The file with a secret on Alertmanager's machine: the book's own file, else one named after the variable. */
export function secretFile(given: string, { references, folder }: Secrets): string {
  const reference = referenceOf(references, given);
  return reference.startsWith("file:")
    ? reference.slice("file:".length)
    : `${folder}/${reference.replace(/^env:/, "")}`;
}

const secretOf = (given: unknown): string | undefined => {
  const { secret } = (typeof given === "object" && given !== null ? given : {}) as { readonly secret?: unknown };
  return typeof secret === "string" ? secret : undefined;
};

/** `KEY: address` or `KEY_file: path`. */
function addressed(key: string, given: unknown, secrets: Secrets): Params {
  const secret = secretOf(given);
  return secret === undefined ? { [key]: given } : { [`${key}_file`]: secretFile(secret, secrets) };
}

interface Made {
  readonly since: Version;
  readonly list: string;
  readonly settings: (params: Params, secrets: Secrets) => Params;
}

const PORTS: Readonly<Record<string, number>> = { starttls: 587, implicit: 465, none: 25 };

/** Kinds of channels that Alertmanager has too, and since when with secrets in files. */
const KINDS: Readonly<Record<string, Made>> = {
  email: {
    since: [0, 25],
    list: "email_configs",
    settings: ({ host, port, tls = "starttls", user, password, from, to }, secrets) => ({
      ...{
        to: (to as readonly string[]).join(", "),
        from,
        smarthost: `${host as string}:${(port as number | undefined) ?? PORTS[tls as string]}`,
      },
      require_tls: tls === "starttls",
      ...(user !== undefined && { auth_username: user }),
      ...(password !== undefined && { auth_password_file: secretFile(secretOf(password) ?? "", secrets) }),
    }),
  },
  slack: {
    since: [0, 22],
    list: "slack_configs",
    settings: ({ url, token, channel, api = "https://slack.com/api/chat.postMessage" }, secrets) =>
      url === undefined
        ? {
            api_url: api,
            channel,
            http_config: { authorization: { credentials_file: secretFile(secretOf(token) ?? "", secrets) } },
          }
        : addressed("api_url", url, secrets),
  },
  pagerduty: {
    since: [0, 25],
    list: "pagerduty_configs",
    settings: ({ routing, url }, secrets) => ({
      routing_key_file: secretFile(secretOf(routing) ?? "", secrets),
      ...(url !== undefined && { url }),
    }),
  },
  teams: {
    since: [0, 28],
    list: "msteamsv2_configs",
    settings: ({ url }, secrets) => addressed("webhook_url", url, secrets),
  },
  mattermost: {
    since: [0, 30],
    list: "mattermost_configs",
    settings: ({ url, channel, username }, secrets) => ({
      ...addressed("webhook_url", url, secrets),
      ...(channel !== undefined && { channel }),
      ...(username !== undefined && { username }),
    }),
  },
};

/** Mail without a password needs no file. */
const sinceOf = ({ kind, params }: ChannelSpec, made: Made): Version =>
  kind === "email" && params["password"] === undefined ? [0, 15] : made.since;

export function receiving(channel: ChannelSpec, secrets: Secrets, { alertmanager }: RenderOptions): Receiving {
  const made = KINDS[channel.kind];
  if (!made) return { reason: "no-receiver" };
  const since = sinceOf(channel, made);
  if (isBefore(alertmanager, since)) return { reason: "needs-alertmanager", version: since.join(".") };
  return { list: made.list, settings: { send_resolved: true, ...made.settings(channel.params, secrets) } };
}
