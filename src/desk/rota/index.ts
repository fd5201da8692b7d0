export { answerAt, nextOnCall, onCall, overlaps, shifts } from "../../model/rota/on-call.ts";
export { changed, decide, readChange } from "./change.ts";
export type { RotaAsk, RotaChange } from "./change.ts";
export { whoNow } from "./who.ts";
export type { WhoNow } from "./who.ts";
export type { Called } from "../../model/rota/of-book.ts";
