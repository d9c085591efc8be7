import { useEffect, useState } from 'react';

/**
 * Ms that passed on the wall since `at` last changed, in steps of a second, while `active`: lets a
 * clock go on between two events of a run in flight. 0 when not active.
 */
export function useElapsed(at: number, active: boolean): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    setElapsed(0);
    if (!active) return;
    const from = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - from), 1000);
    return () => clearInterval(timer);
  }, [at, active]);
  return elapsed;
}
