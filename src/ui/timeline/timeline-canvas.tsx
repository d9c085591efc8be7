import { useEffect, useRef } from 'react';
import { drawTimeline, type Scene } from './draw-timeline.ts';
import styles from './timeline.module.css';
import { usePalette } from './use-palette.ts';

/** The bars: one canvas the size of the viewport, however many calls and however long the list. */
export function TimelineCanvas(scene: Omit<Scene, 'palette'>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { width, height } = scene;

  // A canvas is emptied when its size is set: only where it has changed.
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || palette === null || width === 0) return;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawTimeline(context, { ...scene, palette });
  });

  return <canvas ref={canvas} className={styles['canvas']} aria-hidden="true" />;
}
