import { texts } from "../../i18n/texts.ts";
import { format } from "../../i18n/format.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import {
  evidenceFileRoute,
  evidenceListRoute,
  evidenceRoute,
  signersRoute,
  verificationRoute,
  type VerificationSaid,
} from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { directoryOf, fileOf, listOf, shownOf, signersOf, type Kinds } from "../view/evidence.ts";

/** What this host's verifier says of one, in words. */
async function verified({ daemon }: Parts, id: string, lang: Lang): Promise<VerificationSaid> {
  const { house } = daemon;
  const directory = directoryOf(daemon, id);
  const found = await house.verify?.(daemon.book().open.root, directory, { requireFaultStep: false });
  if (found === undefined) throw new WatchbookError("EVIDENCE-UNKNOWN", { id });
  const sentences: Readonly<Record<string, string>> = texts(lang).evidence.reasons;
  const { reasons, measured, verdict, signedBy, countersignedBy = [], logged } = found;
  return {
    ...{ at: house.clock.wall(), verdict, signedBy, logged, measured },
    countersignedBy: [...countersignedBy],
    reasons: reasons.map(({ code, args }) => ({ code, say: format(sentences[code] ?? code, args) })),
  };
}

/** Evidence as it lies here. A file is given by the name of its directory and its own, both looked up, never joined. */
export function evidenceRoutes(app: Api, parts: Parts): void {
  const { daemon } = parts;
  const kinds: Kinds = new Map();
  app.openapi(evidenceListRoute, async (c) => {
    const { kind, limit } = c.req.valid("query");
    return c.json(await listOf(daemon, kind, limit, kinds), 200);
  });
  app.openapi(evidenceRoute, (c) => c.json(shownOf(daemon, c.req.valid("param").id), 200));
  app.openapi(verificationRoute, async (c) =>
    c.json(await verified(parts, c.req.valid("param").id, c.get("lang")), 200),
  );
  app.openapi(evidenceFileRoute, (c) => {
    const { id, name } = c.req.valid("param");
    const bytes = new Uint8Array(fileOf(daemon, id, name));
    return c.body(bytes, 200, {
      "content-type": "application/octet-stream",
      // Whatever it is, it is kept as a file and shown by nobody.
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  });
  app.openapi(signersRoute, (c) => c.json(signersOf(daemon), 200));
}
