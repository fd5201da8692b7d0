import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode, type Ref } from "react";

/** What a row of a long list puts onto its `li`. */
export interface Placed {
  readonly ref?: Ref<HTMLLIElement>;
  readonly style?: CSSProperties;
  readonly "data-index"?: number;
}

interface Given {
  readonly count: number;
  /** Height of a row before it was drawn, CSS pixels. */
  readonly size: number;
  /** The row that is shown first; -1: the beginning. */
  readonly first?: number;
  readonly children: (index: number, placed: Placed) => ReactNode;
}

/** Above this number only rows in sight are drawn. */
const MANY = 60;

/** A list on the page; of a long one only the rows in sight are drawn, each as high as it turns out to be. */
export function Long(given: Given): ReactNode {
  const { count, children: draw } = given;
  if (count > MANY) return <Sight {...given} />;
  return <ul>{Array.from({ length: count }, (_, index) => draw(index, {}))}</ul>;
}

function Sight({ count, size, first = -1, children: draw }: Given): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  const rows = useWindowVirtualizer({ count, estimateSize: () => size, overscan: 10, scrollMargin: top });
  useLayoutEffect(() => {
    const look = (): void => setTop(list.current!.getBoundingClientRect().top + scrollY);
    look();
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, []);
  useEffect(() => {
    if (first > 0) rows.scrollToIndex(first, { align: "center" });
    // Only where the page begins: what is opened later is in sight already.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <ul ref={list} className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, start }) =>
        draw(index, {
          ref: rows.measureElement,
          "data-index": index,
          style: { position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${start - top}px)` },
        }),
      )}
    </ul>
  );
}
