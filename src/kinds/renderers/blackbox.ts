import type { Renderer } from "../../model/renderer.ts";
import { probeOf } from "./promql/blackbox.ts";
import { yamlFile } from "./text/yaml.ts";

const PATH = "blackbox/blackbox.yml";
const KINDS = new Set(["http", "tcp", "tls", "dns", "ping"]);

/** A module of the blackbox exporter for each check that it can do with the same result. */
export const blackboxRenderer: Renderer = {
  kind: "blackbox",
  render: ({ book, checks }) => {
    const probes = checks.flatMap((check) => probeOf(check) ?? []);
    const done = new Set(probes.map(({ check }) => check.id));
    const modules = Object.fromEntries(probes.map(({ module, settings }) => [module, settings]));
    const argv = ["prometheus-blackbox-exporter", "--config.check", `--config.file=${PATH}`] as const;
    return {
      files: [
        { path: PATH, text: yamlFile(book, { modules }), validate: { argv, installs: "prometheus-blackbox-exporter" } },
      ],
      left: checks
        .filter(({ id, kind }) => KINDS.has(kind) && !done.has(id))
        .map(({ id, source }) => ({ about: id, reason: "watchbook-probes", args: {}, source })),
    };
  },
};
