/** The shape of a table of texts with every text widened to string: what a translation must have, no more, no less. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
