import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Lang } from "../../src/model/lang.ts";
import { usePrefs } from "../app/prefs.tsx";
import type { reading } from "./queries.ts";

/** A read of the API in the reader's language. */
export const useRead = <T>(query: (lang: Lang) => ReturnType<typeof reading<T>>): UseQueryResult<T> =>
  useQuery(query(usePrefs().lang));
