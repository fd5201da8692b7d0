/**
 * What runs beside us for a function of the book. A script of its own in node, CommonJS or not, under the permission
 * model: it may read the files that the plan binds and write the file for outputs, start nothing and no worker, unless the step says so.
 * Input is WB_FUNCTION, JSON: module (absolute), name, args, target, names of the values. The function gets
 * `{ args, env, target }` and returns `{ ok, outputs?, reason? }`; a module may export `params`, a schema
 * (Standard Schema, or with safeParse) for its args.
 */
export const CHILD = String.raw`
(async () => {
  const { env, exit } = await import("node:process");
  const { appendFileSync } = await import("node:fs");
  const { pathToFileURL } = await import("node:url");
  const line = (name, value) =>
    appendFileSync(env.WB_OUTPUT, name + "=" + String(value).replace(/[\r\n]+/g, " ") + "\n");
  const refuse = (reason, detail) => {
    line("WB_REASON", reason);
    line("WB_ARG_detail", String(detail).slice(0, 500));
    line("WB_ARG_name", given.name);
    exit(70);
  };
  const given = JSON.parse(env.WB_FUNCTION);
  const values = Object.fromEntries(given.names.map((name) => [name, env[name] ?? ""]));
  delete env.WB_FUNCTION;
  const validated = async (schema, args) => {
    if (!schema) return args;
    const standard = schema["~standard"];
    const found = standard ? await standard.validate(args) : schema.safeParse(args);
    const issues = found.issues ?? found.error?.issues;
    if (issues?.length > 0)
      refuse("function-args", issues.map((one) => (one.path ?? []).map((part) => part.key ?? part).join(".") + ": " + one.message).join("; "));
    return standard ? found.value : found.data;
  };
  try {
    const module = await import(pathToFileURL(given.module).href);
    const work = module[given.name];
    if (typeof work !== "function") refuse("function-none", given.module);
    const args = await validated(module.params, given.args);
    const result = await work({ args, env: values, target: given.target });
    if (typeof result !== "object" || result === null || typeof result.ok !== "boolean")
      refuse("function-answer", JSON.stringify(result) ?? "undefined");
    for (const [name, value] of Object.entries(result.outputs ?? {}))
      if (/^[A-Za-z_]\w*$/.test(name) && !name.startsWith("WB_")) line(name, value);
    if (!result.ok) refuse("function-refused", result.reason ?? "-");
    exit(0);
  } catch (error) {
    console.error(error);
    refuse("function-threw", error instanceof Error ? error.message : error);
  }
})();
`;
