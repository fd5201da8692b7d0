import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from "node:tls";

let ordinary: SecureContext | undefined;

/**
 * The authorities of the machine and those Node brings, or only the given ones (PEM). Made once: reading some 200
 * certificates again for every probe would cost more than the probe.
 */
export function trust(ca?: string): SecureContext {
  if (ca !== undefined) return createSecureContext({ ca });
  ordinary ??= createSecureContext({ ca: [...new Set([...rootCertificates, ...getCACertificates("system")])] });
  return ordinary;
}
