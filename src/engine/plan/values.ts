import type { PlanParameter } from "../../model/plan.ts";
import type { ParameterSpec } from "../../model/runbook-spec.ts";
import type { Blank } from "../../model/runbook.ts";
import type { Draft } from "./draft.ts";
import type { Expanded } from "./expand.ts";
import type { MissingList } from "./missing.ts";
import { unknownName } from "./named.ts";
import { checkValue, type Secrets } from "./value.ts";

/** Values of a run by the normal form of their parameter's name. */
export interface Values {
  readonly parameters: readonly PlanParameter[];
  /** The value that a blank gets; undefined: none is given. */
  of(blank: Blank): PlanParameter | undefined;
  /** Declared in watchbook.yaml. */
  declares(blank: Blank): boolean;
}

/** `Backup_Date` and `backup-date` are one parameter. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_]+/g, "-");

/** Variables that shells and programs obey, and those that a run sets itself. */
const RESERVED =
  /^(?:PATH|HOME|IFS|ENV|SHELL|CDPATH|GLOBIGNORE|PS\d|PROMPT_COMMAND|SHELLOPTS|(?:BASH|LD|DYLD|PYTHON|NODE|PERL5?|RUBY|GIT|JAVA_TOOL)_?[A-Z_]*|WB_(?:RUN|RUNBOOK|ENVIRONMENT|STEP|TARGET|OUTPUT))$/;

export interface ValueParts {
  readonly parts: Expanded["parts"];
  readonly drafts: readonly Draft[];
  readonly environment: string;
  readonly given: Readonly<Record<string, string>>;
  readonly secrets: Secrets;
  readonly missing: MissingList;
}

/**
 * Values of the declared parameters and of what the commands leave open. Rejects with PARAM-UNKNOWN, PARAM-WRONG,
 * PARAM-SECRET, PARAM-SECRET-NAMED, PARAM-DASH; what has no value is missing.
 */
export function valuesOf(parts: ValueParts): Values {
  const { drafts, given, missing } = parts;
  const specs = specsOf(parts);
  const blanks = drafts.flatMap((draft) => draft.blanks);
  const known = new Map<string, ParameterSpec | undefined>(blanks.map(({ name }) => [plain(name), undefined]));
  for (const spec of specs.values()) known.set(plain(spec.name), spec);
  const asked = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const key = blanks.find((blank) => blank.text === name)?.name ?? name;
    if (!known.has(plain(key))) throw unknownName("PARAM-UNKNOWN", name, namesOf(specs, blanks));
    asked.set(plain(key), value);
  }
  const found = new Map<string, PlanParameter>();
  for (const [key, spec] of known) {
    const value = asked.get(key) ?? spec?.default;
    const source = spec?.source;
    if (value === undefined && spec)
      missing.add("parameter", { name: spec.name, type: spec.type }, { ...(source && { source }) });
    if (value === undefined) continue;
    const uses = blanks.filter((blank) => plain(blank.name) === key);
    const resolved = checkValue(spec, spec?.name ?? uses[0]?.name ?? key, value, uses, parts.secrets);
    for (const variable of variablesOf(spec, uses)) {
      if (RESERVED.test(variable)) missing.add("reserved-variable", { name: variable }, { ...(source && { source }) });
      found.set(variable, { name: variable, ...resolved });
    }
  }
  return {
    parameters: [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    of: (blank) => found.get(blank.variable),
    declares: (blank) => known.get(plain(blank.name)) !== undefined,
  };
}

/** Parameters of every runbook that takes part, the outer one's first; values of the environment are their defaults. */
function specsOf({ parts, environment }: ValueParts): ReadonlyMap<string, ParameterSpec> {
  const specs = new Map<string, ParameterSpec>();
  for (const { spec } of parts)
    for (const parameter of spec?.params ?? []) {
      const key = plain(parameter.name);
      const here = Object.entries(spec?.environments.find(({ id }) => id === environment)?.params ?? {});
      const value = here.find(([name]) => plain(name) === key)?.[1] ?? parameter.default;
      if (!specs.has(key)) specs.set(key, { ...parameter, ...(value === undefined ? {} : { default: value }) });
    }
  return specs;
}

const namesOf = (specs: ReadonlyMap<string, ParameterSpec>, blanks: readonly Blank[]): readonly string[] => [
  ...new Set([...[...specs.values()].map(({ name }) => name), ...blanks.map(({ name }) => name)]),
];

/** Variables that carry a value: those that the commands use, else the one of the parameter's own name. */
function variablesOf(spec: ParameterSpec | undefined, uses: readonly Blank[]): readonly string[] {
  const used = [...new Set(uses.map(({ variable }) => variable))];
  if (used.length > 0 || !spec) return used;
  const own = spec.name.replace(/-/g, "_");
  return /^[A-Za-z_]\w*$/.test(own) ? [own] : [];
}
