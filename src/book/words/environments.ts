import { LONGEST_CELL, fold } from "./matcher.ts";

/** Environment words with their id and rank from development to production. */
const KNOWN: readonly (readonly [id: string, rank: number, words: string])[] = [
  ["sandbox", 0, "sandbox|沙箱|沙盒"],
  ["dev", 1, "development|dev|开发"],
  ["sim", 2, "simulation|sim|仿真|模拟"],
  ["test", 3, "testing|test|测试"],
  ["qa", 4, "qa|quality assurance"],
  ["uat", 5, "uat|user acceptance|验收"],
  ["staging", 6, "pre-?production|pre-?prod|staging|stage|stg|预生产|预发布|预发|准生产"],
  ["canary", 7, "canary|灰度|金丝雀"],
  ["prod", 8, "production|prod|prd|live|生产|线上|正式"],
  ["dr", 9, "disaster recovery|dr|灾备|容灾"],
];
const SUFFIX = "(?: ?(?:环境|域|集群|environment|env))?";
const whole = KNOWN.map(([id, rank, list]) => [id, rank, new RegExp(`^(?:${list})${SUFFIX}$`)] as const);

export interface EnvironmentWord {
  readonly id: string;
  readonly rank: number;
}

const known = (folded: string): EnvironmentWord | undefined => {
  const found = whole.find(([, , pattern]) => pattern.test(folded));
  return found && { id: found[0], rank: found[1] };
};

/**
 * The environment that a text names as a whole: `生产环境（Production）`, `测试 (QA) 环境`, `staging`. The word in brackets
 * decides, being the more exact one.
 */
export function environmentWord(text: string): EnvironmentWord | undefined {
  if (text.length > LONGEST_CELL) return undefined;
  const folded = fold(text);
  const inside = /\(([^()]*)\)/.exec(folded);
  if (!inside) return known(folded);
  const outside = folded.replace(inside[0], " ").replace(/\s+/g, " ").trim();
  const outer = known(outside) ?? known(outside.replaceAll(" ", ""));
  const inner = known((inside[1] ?? "").trim());
  return outer && inner ? inner : outer;
}

const ANY = KNOWN.map(([, , list]) => list).join("|");
const LATIN = `(?<![a-z0-9_-])(?:${ANY})(?![a-z0-9_-])`;
const JOINED = `(?<![/.])${LATIN}(?: ?[/、|] ?${LATIN})+(?![/.]\\w)`;
const JOINT = /[/\uff0f\u3001|]/;
/** Lists of environment names joined by slashes (`Sandbox / Staging / Prod`), each as its names. */
export const joinedEnvironments = (text: string): readonly (readonly string[])[] =>
  JOINT.test(text)
    ? [...text.normalize("NFKC").matchAll(new RegExp(JOINED, "gi"))].map((match) => match[0].split(/ ?[/、|] ?/))
    : [];

const PHRASE = new RegExp(`(?:${ANY})(?: ?\\((?:${ANY})\\))? ?(?:环境|environment\\b)`, "gi");
/** Phrases that name an environment with the word environment (`测试 (QA) 环境`), as written, in order. */
export const environmentPhrases = (text: string): readonly string[] =>
  [...text.normalize("NFKC").matchAll(PHRASE)].map((match) => match[0]);

/** A name that ends with the word environment, whatever stands before it (演示环境, `demo environment`). */
export const saysEnvironment = (name: string): boolean => /(?:环境|environment)(?: ?\([^()]*\))?$/.test(fold(name));

const FILED =
  /(?<![\w-])(?:[\w.-]+\/)*(?:environments|envs)\/([a-z][\w-]{0,40})(?:\.(?:ya?ml|json|toml|tfvars|env|ini|hcl)\b|(?=[/\s`"')]|$))/gi;
/**
 * Names of environments that have a file or a folder of their own (`configs/environments/staging.yaml`). Not every name
 * need be a word for an environment: the folder says what lies in it. What only documents them is none.
 */
export const filedEnvironments = (text: string): readonly string[] =>
  text.includes("environments/") || text.includes("envs/") ? [...text.matchAll(FILED)].map((match) => match[1]!) : [];

/** One of the words of the staging place, for gates: source of a regular expression on folded text. */
export const STAGING = "(?:staging|stage|pre-?prod(?:uction)?|预生产|预发布|预发|准生产|测试环境|沙箱)";
export const PROD = "(?:prod(?:uction)?|生产|线上|正式环境)";
