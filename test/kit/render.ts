import { tmpdir } from "node:os";
import { join } from "node:path";
import { render } from "../../src/cli/render.ts";
import type { Call } from "../../src/cli/verb.ts";
import { registry } from "../../src/kinds/registry.ts";
import type { Exit } from "../../src/model/error.ts";
import type { AlertPolicy } from "../../src/model/alert-policy.ts";
import { ALERT_DEFAULTS } from "../../src/model/alert-policy.ts";
import type { Book } from "../../src/model/book.ts";
import type { CheckSpec } from "../../src/model/check.ts";
import type { RenderInput, RenderOptions } from "../../src/model/renderer.ts";
import type { Rule } from "../../src/model/rule.ts";

export const OPTIONS: RenderOptions = {
  prometheus: [2, 42],
  alertmanager: [0, 25],
  scrape: 10,
  evaluation: 5,
  watchbook: "127.0.0.1:7070",
  alertmanagerAt: "127.0.0.1:9093",
  blackbox: "127.0.0.1:9115",
  secrets: "/etc/alertmanager/secrets",
};

const POLICY: AlertPolicy = {
  ...ALERT_DEFAULTS,
  severities: [],
  maintenance: [],
  needs: new Map(),
  reach: new Map(),
  channels: [],
  zone: "UTC",
};

/** A book of which renderers of rules see only its checks and rules. */
export const inputOf = (
  checks: readonly CheckSpec[],
  rules: readonly Rule[],
  options: Partial<RenderOptions> = {},
): RenderInput => ({
  book: { title: "test", digest: "sha256:0", config: {} } as unknown as Book,
  ...{
    checks,
    rules,
    policy: POLICY,
    line: () => undefined,
    words: {
      deadman: "deadman",
      unwatched: "unwatched",
      ...{ metrics: "", metric: "", teller: "", usedBy: "", application: "" },
      boards: {},
    },
  },
  options: { ...OPTIONS, ...options },
});

/** A book with a rule of every form and a channel of several kinds. */
export const SHOP = join(import.meta.dirname, "..", "books", "render", "en", "book");

/** The verb in this process; `said`: what it printed. */
export async function renderCalled(
  kind: string,
  values: Call["values"],
  book = SHOP,
): Promise<{ readonly exit: Exit; readonly said: string }> {
  let said = "";
  const world = {
    cwd: tmpdir(),
    stdout: { write: (text: string) => (said += text) },
    registry: () => Promise.resolve(registry),
  };
  const call = { world, values, positionals: [kind], lang: "en", json: values["json"] === true, book };
  return { exit: await render.run(call as unknown as Call), said };
}
