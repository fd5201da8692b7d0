import type { StepContext } from "../../src/model/step.ts";
import type { Reach } from "../../src/model/target.ts";

/** The same step; `act` is done once, right behind its first command: what somebody else does between a look and a deed. */
export function meanwhile(context: StepContext, act: () => Promise<void> | void): StepContext {
  let acted = false;
  const exec: Reach["exec"] = async (...given) => {
    const found = await context.reach.exec(...given);
    if (!acted) await act();
    acted = true;
    return found;
  };
  const reach = new Proxy(context.reach, {
    get(target, key) {
      if (key === "exec") return exec;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...context, reach };
}
