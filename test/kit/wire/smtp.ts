import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { SMTPServer } from "smtp-server";
import { folder } from "../folder.ts";

export interface ServerOptions {
  /** What a receiver's address is answered; 0: taken. */
  readonly recipient?: (address: string) => number;
  /** What the whole mail is answered; 0: taken. */
  readonly data?: number;
  /** Account that may send; absent: nobody has to say who he is. */
  readonly account?: { readonly user: string; readonly password: string };
  /** It offers no STARTTLS. */
  readonly open?: true;
  /** TLS from the first byte. */
  readonly implicit?: true;
}

export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly raw: string;
}

/** A certificate of `mail.example.com`, signed by itself: key and certificate as PEM. */
export function certificate(t: Pick<TestContext, "after">): { readonly key: string; readonly cert: string } {
  const at = folder(t);
  const files = ["-keyout", join(at, "key.pem"), "-out", join(at, "cert.pem")];
  const names = ["-subj", "/CN=mail.example.com", "-addext", "subjectAltName=DNS:mail.example.com"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...names], {
    stdio: "pipe",
  });
  return { key: readFileSync(join(at, "key.pem"), "utf8"), cert: readFileSync(join(at, "cert.pem"), "utf8") };
}

const fault = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** A real mail server on loopback; `taken` is what it accepted. */
export async function mailServer(
  t: Pick<TestContext, "after">,
  pair: { readonly key: string; readonly cert: string },
  { recipient, data = 0, account, open, implicit }: ServerOptions = {},
): Promise<{ readonly port: number; readonly taken: Taken[] }> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    ...pair,
    secure: implicit === true,
    authOptional: account === undefined,
    disabledCommands: open === true ? ["STARTTLS"] : [],
    onAuth: ({ username, password }, _, done) =>
      username === account?.user && password === account?.password
        ? done(null, { user: username })
        : done(fault(535, "5.7.8 bad credentials")),
    onRcptTo: ({ address }, _, done) => {
      const code = recipient?.(address) ?? 0;
      done(code === 0 ? null : fault(code, `mailbox ${address} unavailable`));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (data !== 0) return done(fault(data, "not this one"));
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
          raw: Buffer.concat(parts).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (listener.address() as AddressInfo).port, taken };
}
