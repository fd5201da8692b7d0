import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, rounded } from "./answer/measured.ts";
import { address, addressText } from "./params/address.ts";
import { duration } from "./params/duration.ts";
import { text } from "./proc/text.ts";
import { chainAbove, commonName, daysUntil, fractionLeft, fromPem, keyFits, lifeOf } from "./tls/certificate.ts";
import { handshakes, type Served } from "./tls/handshake.ts";

const params = z
  .strictObject({
    address: address
      .optional()
      .describe("`host:port` that serves the certificate; every address behind the name is asked."),
    servername: z
      .string()
      .min(1)
      .optional()
      .describe("Name asked for (SNI) and looked for in the certificate; default: the host."),
    file: z.string().min(1).optional().describe("PEM file on the target that should be the one served; leaf first."),
    key: z
      .string()
      .min(1)
      .optional()
      .describe("PEM file of the private key that must belong to the certificate in `file`."),
    measure: z
      .enum(["fraction", "days"])
      .default("fraction")
      .describe(
        "What the bands judge: share of life left (fits 45-day certificates as well as yearly ones), or days left.",
      ),
    trusted: z.boolean().default(true).describe("The chain must lead to a trusted authority."),
    ca: z
      .string()
      .optional()
      .describe("PEM file on the target with the authorities to trust instead of the machine's."),
    within: duration.default(5).describe("No handshake within this time is a failure."),
  })
  .refine((given) => given.address !== undefined || given.file !== undefined, "address-or-file")
  .refine((given) => given.key === undefined || given.file !== undefined, "key-needs-file");

type Params = z.infer<typeof params>;

interface Seen {
  readonly served: readonly Served[];
  readonly stored?: readonly [X509Certificate, ...X509Certificate[]];
  readonly keyFits?: boolean;
}

async function look(given: Params, { reach, signal }: CheckContext): Promise<Seen> {
  const ca = given.ca === undefined ? undefined : await text(reach, given.ca);
  const stored = given.file === undefined ? undefined : fromPem(await text(reach, given.file), given.file);
  const key =
    stored && given.key !== undefined ? keyFits(stored[0], await text(reach, given.key), given.key) : undefined;
  const asked = given.address && {
    address: given.address,
    servername: given.servername ?? given.address.host,
    within: given.within,
    ...(ca !== undefined && { ca }),
  };
  return {
    served: asked ? await handshakes(asked, signal) : [],
    ...(stored && { stored }),
    ...(key !== undefined && { keyFits: key }),
  };
}

const earliest = (certificates: readonly X509Certificate[]): X509Certificate | undefined =>
  certificates.toSorted((a, b) => lifeOf(a).to - lifeOf(b).to)[0];

const covers = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;

const moment = (certificate: X509Certificate): string => new Date(lifeOf(certificate).to).toISOString();

function factsOf(
  { served, stored }: Seen,
  worst: X509Certificate,
  chain: X509Certificate | undefined,
  now: number,
): Facts {
  const days = (certificate: X509Certificate) => rounded(daysUntil(lifeOf(certificate).to, now));
  const port = earliest(served.map((each) => each.leaf));
  return {
    subject: commonName(worst.subject),
    issuer: commonName(worst.issuer),
    notAfter: moment(worst),
    daysLeft: days(worst),
    fraction: rounded(fractionLeft(lifeOf(worst), now), 4),
    ...(port && { servedDays: days(port), addresses: served.length, protocol: served[0]!.protocol }),
    ...(stored && { fileDays: days(stored[0]) }),
    ...(chain && { chainDays: days(chain) }),
  };
}

/** What is wrong, whatever the bands say; the first of these is the one to mend. */
function fault(
  given: Params,
  seen: Seen,
  chain: X509Certificate | undefined,
  now: number,
): Parameters<typeof fail> | undefined {
  const { served, stored } = seen;
  const leaves = [...served.map((each) => each.leaf), ...(stored ? [stored[0]] : [])];
  const expired = leaves.find((each) => lifeOf(each).to <= now);
  if (expired) return ["tls-expired", { subject: commonName(expired.subject), at: moment(expired) }];
  const early = leaves.find((each) => lifeOf(each).from > now);
  if (early)
    return [
      "tls-not-yet-valid",
      { subject: commonName(early.subject), at: new Date(lifeOf(early).from).toISOString() },
    ];
  if (seen.keyFits === false) return ["tls-key-mismatch", { file: given.file!, key: given.key! }];
  // Before the next: another name is another certificate too, and says more.
  const name = given.servername ?? given.address?.host;
  const stranger = name !== undefined && leaves.find((each) => !covers(each, name));
  if (stranger) return ["tls-wrong-host", { name, subject: stranger.subjectAltName ?? commonName(stranger.subject) }];
  const other = stored && served.find((each) => each.leaf.fingerprint256 !== stored[0].fingerprint256);
  if (other && lifeOf(stored[0]).from > lifeOf(other.leaf).from)
    return ["tls-not-served", { file: given.file!, stored: moment(stored[0]), served: moment(other.leaf) }];
  if (other) return ["tls-differs", { file: given.file!, address: addressText(given.address!) }];
  if (chain && lifeOf(chain).to <= now)
    return ["tls-chain-expired", { subject: commonName(chain.subject), at: moment(chain) }];
  const distrusted = given.trusted && served.find((each) => each.distrust !== undefined);
  return distrusted ? ["tls-untrusted", { address: distrusted.ip, code: distrusted.distrust! }] : undefined;
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const seen = await look(given, context);
  const now = context.clock.wall();
  const worst = earliest([...seen.served.map((each) => each.leaf), ...(seen.stored ? [seen.stored[0]] : [])])!;
  const chain = earliest(
    [...seen.served.flatMap((each) => chainAbove(each.leaf)), ...(seen.stored?.slice(1) ?? [])].filter(
      (each) => each.subject !== each.issuer,
    ),
  );
  const facts = factsOf(seen, worst, chain, now);
  const measured =
    given.measure === "days"
      ? ({ value: rounded(daysUntil(lifeOf(worst).to, now)), unit: "days" } as const)
      : ({ value: rounded(fractionLeft(lifeOf(worst), now), 4), unit: "fraction" } as const);
  const wrong = fault(given, seen, chain, now);
  return wrong ? fail(wrong[0], wrong[1], facts, measured) : { kind: "value", ...measured, facts };
}

/** Life left of a certificate, as a port serves it, as a file holds it, or both compared. */
export const tlsCheck = defineCheck({
  kind: "tls",
  everyMs: SOON_MS,
  params,
  unit: "fraction",
  bands: { bad: "below", warn: 0.333, critical: 0.167 },
  run: guarded(run),
});
