// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { Renderer } from "../../model/renderer.ts";
import { alertmanagerRenderer } from "./alertmanager.ts";
import { blackboxRenderer } from "./blackbox.ts";
import { grafanaRenderer } from "./grafana.ts";
import { metricsRenderer } from "./metrics.ts";
import { opensloRenderer } from "./openslo.ts";
import { prometheusRenderer } from "./prometheus.ts";
import { prometheusRulesRenderer } from "./prometheus-rules.ts";
import { prometheusRulesTestRenderer } from "./prometheus-rules-test.ts";

export const renderers: readonly Renderer[] = [
  alertmanagerRenderer,
  blackboxRenderer,
  grafanaRenderer,
  metricsRenderer,
  opensloRenderer,
  prometheusRenderer,
  prometheusRulesRenderer,
  prometheusRulesTestRenderer,
];
