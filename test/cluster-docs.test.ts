// Cluster kinds are said in both languages, and docs/clusters*.md show what is accepted.
import { parse } from "yaml";
import { clusterExamples } from "../scripts/docs-clusters-words.ts";
import { texts } from "../src/i18n/texts.ts";
import { clusters } from "../src/kinds/clusters/index.ts";
import { kindDocsSuite } from "./suites/kind-docs.ts";

kindDocsSuite(
  "cluster",
  clusters,
  (lang) => texts(lang).clusters,
  ({ kind }) => parse(clusterExamples[kind]!),
);
