/**
 * Waits for work, but no longer than it may take.
 * @throws what the work throws; the reason of `signal`.
 */
export function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<{ readonly value: T } | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve('late')), ms);
    const abort = (): void => settle(() => reject(signal.reason));
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      end();
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(
      (value) => settle(() => resolve({ value })),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
