import type { Primordials } from './primordials.ts';
import type { TextArguments } from './text-arguments.ts';
import type { TextHost } from './text-host.ts';
import type { TextSubject } from './text-ops.ts';

/** `indexOf` over texts of the host: a loop of it gets its places in batches that grow as it goes on. */
export function makeFindBatches(p: Primordials, host: TextHost, values: TextArguments) {
  const { isSame, plain, integer, clamp } = values;
  const growth = 16;
  const mostAtOnce = 65_536;

  // A loop of `indexOf`: occurrences of a needle, of which the first is the first from `hitStart` on.
  let hitSubject: TextSubject | null = null;
  let hitNeedle = '';
  let hitStart = 0;
  let hitAt = 0;
  let hitMost = 1;
  let hitPlaces = new p.Float64Array(1);
  /** Where in `hitPlaces` the first occurrence from `position` on is; their number where none is known. */
  function placeFrom(position: number): number {
    const places = hitPlaces;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const place = places[middle] as number;
      if (place === -1 || place >= position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** `indexOf` over a subject without ropes. */
  function indexIn(subject: TextSubject, needle: string, from: unknown): number {
    const length = subject.to - subject.from;
    const position =
      typeof from === 'number' && from >>> 0 === from && from <= length
        ? from
        : clamp(integer(from), length);
    let most = 1;
    if (
      hitSubject !== null &&
      needle === hitNeedle &&
      position >= hitStart &&
      isSame(hitSubject, subject)
    ) {
      const places = hitPlaces;
      const next = hitAt + 1;
      const here = places[hitAt] as number;
      // The usual steps of a loop: up to an occurrence, and from one to the next.
      if (position <= here || here === -1) {
        if (hitAt === 0 || position > (places[hitAt - 1] as number)) return here;
      } else if (next < places.length) {
        const place = places[next] as number;
        if (place >= position || place === -1) {
          hitAt = next;
          return place;
        }
      }
      const wasLast = next === places.length;
      const at = placeFrom(position);
      if (at < places.length) {
        hitAt = at;
        return places[at] as number;
      }
      if (wasLast) most = hitMost * growth < mostAtOnce ? hitMost * growth : mostAtOnce;
    }
    const text = plain(needle);
    hitPlaces = new p.Float64Array(host.find(subject.ref, subject.from, subject.to, text, position, most));
    hitSubject = subject;
    hitNeedle = text;
    hitStart = position;
    hitMost = most;
    hitAt = 0;
    return hitPlaces[0] as number;
  }

  return {
    indexIn,
    forget(): void {
      hitSubject = null;
    },
  };
}

export type FindBatches = ReturnType<typeof makeFindBatches>;
