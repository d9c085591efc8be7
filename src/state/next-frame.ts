/** Longest wait where no frames are drawn, as in a tab in the background. */
const WITHOUT_FRAMES_MS = 100;

/** Runs `job` before the next frame is drawn, or soon where none is. */
export function onNextFrame(job: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    job();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, WITHOUT_FRAMES_MS);
}
