import { useEffect, useRef, useState } from 'react';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import type { Place } from '../../trajectory/events.ts';

/** The place of a unit in words of the document; of many that are asked for while one is looked up, the last. */
export function usePlace(reader: SourceReader, document: SourceDocument, offset: number): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  const wanted = useRef<number | null>(null);
  const isBusy = useRef(false);
  useEffect(() => {
    wanted.current = offset;
    const look = async () => {
      isBusy.current = true;
      while (wanted.current !== null) {
        const next = wanted.current;
        wanted.current = null;
        try {
          setPlace(await reader.place(document, next));
        } catch {
          // The text says that its file has gone.
        }
      }
      isBusy.current = false;
    };
    if (!isBusy.current) void look();
  }, [reader, document, offset]);
  return place;
}
