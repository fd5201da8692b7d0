import type { Deliverable } from "../../api/front.ts";
import type { Opened } from "../../book/open.ts";
import type { Lang } from "../../model/lang.ts";
import type { Registry } from "../../model/registry.ts";
import { inputOf } from "./input.ts";
import { sayLeft } from "./tell.ts";

/** All that can be made from a book, with the usual options; no tool reads it here. */
export async function deliverablesOf(
  opened: Pick<Opened, "book" | "texts">,
  registry: Registry,
  lang: Lang,
): Promise<readonly Deliverable[]> {
  const { renderers } = await import("../../kinds/renderers/index.ts");
  const input = inputOf({ values: {} }, opened, registry, lang);
  return renderers.map((renderer) => {
    const { files, left } = renderer.render(input);
    return {
      kind: renderer.kind,
      files: files.filter(({ staged }) => !staged),
      left: left.map((one) => sayLeft(one, lang)),
    };
  });
}
