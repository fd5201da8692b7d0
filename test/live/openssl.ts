import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate and its key as files, and the chain a server sends. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
  /** The certificate followed by its issuers, without the root. */
  readonly chain: string;
}

export interface Wish {
  readonly names?: string;
  readonly from?: Date;
  readonly to: Date;
  /** Absent: signs itself. */
  readonly issuer?: Issued;
  readonly authority?: boolean;
}

const openssl = (...argv: readonly string[]): string =>
  execFileSync("openssl", argv, { stdio: ["ignore", "pipe", "pipe"] }).toString();

/** `20261120083300Z` */
const stamp = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;

function config(directory: string, { names = "DNS:localhost,IP:127.0.0.1", authority = false }: Wish): string {
  const use = authority
    ? "basicConstraints=critical,CA:TRUE\n"
    : `basicConstraints=CA:FALSE\nsubjectAltName=${names}\n`;
  const path = join(directory, "ca.cnf");
  const ca = `[ca]\ndefault_ca=d\n[d]\ndatabase=${directory}/index.txt\nrand_serial=yes\nnew_certs_dir=${directory}\ndefault_md=sha256\npolicy=p\nunique_subject=no\nx509_extensions=x\n`;
  writeFileSync(path, `${ca}[p]\ncommonName=supplied\n[x]\n${use}subjectKeyIdentifier=hash\n`);
  if (!existsSync(join(directory, "index.txt"))) writeFileSync(join(directory, "index.txt"), "");
  return path;
}

/** Issues a certificate with exactly these dates, through `openssl ca`. */
export function issue(directory: string, name: string, wish: Wish): Issued {
  const folder = join(directory, name);
  mkdirSync(folder, { recursive: true });
  const [key, request, certificate, chain] = ["key.pem", "request.pem", "cert.pem", "chain.pem"].map((each) =>
    join(folder, each),
  ) as [string, string, string, string];
  openssl(
    "req",
    "-new",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    key,
    "-out",
    request,
    "-subj",
    `/CN=${name}`,
  );
  const signer = wish.issuer
    ? ["-cert", wish.issuer.certificate, "-keyfile", wish.issuer.key]
    : ["-selfsign", "-keyfile", key];
  const dates = ["-startdate", stamp(wish.from ?? new Date(Date.now() - 60_000)), "-enddate", stamp(wish.to)];
  openssl(
    "ca",
    "-batch",
    "-notext",
    "-config",
    config(folder, wish),
    ...signer,
    ...dates,
    "-in",
    request,
    "-out",
    certificate,
  );
  const above = wish.issuer && readFileSync(wish.issuer.chain, "utf8");
  if (wish.authority && !wish.issuer) writeFileSync(chain, "");
  else writeFileSync(chain, readFileSync(certificate, "utf8") + (above ?? ""));
  return { certificate, key, chain };
}

/** Puts one certificate in the place of another, as a renewal does. */
export function replace(at: Issued, by: Issued): void {
  for (const part of ["certificate", "key", "chain"] as const) copyFileSync(by[part], at[part]);
}

/** When a certificate ends, as openssl says it. */
export const endOf = (certificate: string): number =>
  Date.parse(openssl("x509", "-in", certificate, "-noout", "-enddate").replace("notAfter=", ""));
