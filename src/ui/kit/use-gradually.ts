import { useEffect, useState } from 'react';

/** Rows that are added in one frame: a thousand at once block the page. */
const STEP = 50;

/** How many of `count` rows to draw now: a few more with every frame, until all are there. */
export function useGradually(count: number): number {
  const [drawn, setDrawn] = useState(STEP);
  useEffect(() => {
    const next = drawn < count ? drawn + STEP : Math.max(STEP, Math.ceil(count / STEP) * STEP);
    if (next === drawn) return;
    const frame = requestAnimationFrame(() => setDrawn(next));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return Math.min(drawn, count);
}
