import { rulesNow } from "../../../engine/alerts/rules-now.ts";
import { utc } from "../../../model/time.ts";
import type { Api, Parts } from "../../front.ts";
import { comer } from "../may.ts";
import { specsOf } from "../specs.ts";
import { receiverOf } from "./shown.ts";

const KIND = "prometheus";

/** /api/v2/status and /api/v2/receivers. */
export function statusV2(app: Api, parts: Parts): void {
  const { daemon } = parts;
  const { version, host } = daemon.house;
  app.get("/api/v2/status", async (c) => {
    await comer(c, parts, specsOf(parts, KIND), "read");
    const { book } = daemon.book().open;
    return c.json({
      cluster: { status: "disabled", name: host, peers: [] },
      versionInfo: {
        ...{ version, revision: book.digest, branch: "watchbook", buildUser: "", buildDate: "" },
        goVersion: "",
      },
      config: { original: `# watchbook: ${JSON.stringify(book.title)}\n` },
      uptime: utc(daemon.started),
    });
  });
  app.get("/api/v2/receivers", async (c) => {
    await comer(c, parts, specsOf(parts, KIND), "read");
    const { policy } = rulesNow(daemon.book().open.book);
    return c.json([...new Set(policy.severities.map(({ id }) => receiverOf(policy, id)))].map((name) => ({ name })));
  });
}
