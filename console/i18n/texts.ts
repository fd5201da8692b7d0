import type { Lang } from "../../src/model/lang.ts";
import { arrived } from "../app/arrived.ts";
import type { en } from "./en/index.ts";
import type { Same } from "./same.ts";

/** All words of the interface in one language: same keys in both, by type. */
export type Texts = Same<typeof en>;

/** The words of one language; the other is not even loaded. */
export const textsIn = async (lang: Lang): Promise<Texts> =>
  lang === "zh"
    ? (await arrived(() => import("./zh-CN/index.ts"))).zh
    : (await arrived(() => import("./en/index.ts"))).en;
