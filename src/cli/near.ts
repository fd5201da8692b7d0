import { registerHooks } from "node:module";

const OURS = /^\.{1,2}\/.*\.(ts|js)$/;

/**
 * Modules below a folder (file URL) name each other by their files: they are taken as they are named, since looking for each anew
 * takes a third of the time that they need to load. What packages do among themselves is left alone.
 */
export function resolveNear(folder: string): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const from = context.parentURL ?? "";
      const ours = from.startsWith(folder) && !from.includes("/node_modules/", folder.length - 1);
      const kind = ours ? OURS.exec(specifier)?.[1] : undefined;
      if (kind === undefined) return next(specifier, context);
      const format = kind === "ts" ? "module-typescript" : "module";
      return { url: new URL(specifier, from).href, format, shortCircuit: true };
    },
  });
}
