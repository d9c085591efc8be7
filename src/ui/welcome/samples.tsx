import { Play } from 'lucide-react';
import { formatCompact } from '../../base/format.ts';
import type { SampleInfo } from '../../state/app.ts';
import { useApp, useLibrary } from '../app-context.tsx';
import { Icon } from '../kit/icon.tsx';
import { PaperStack, StackLegend } from './paper-stack.tsx';
import styles from './samples.module.css';
import { stackLines } from './stack-lines.ts';

/** Documents of our own making, each with a question, drawn to one scale. */
export function Samples() {
  const { samples, commands } = useApp();
  const count = useLibrary((library) => library.items.length);
  if (samples.length === 0) return null;
  const tallest = Math.max(...samples.map(({ tokens }) => stackLines(tokens)));
  const tryIt = async (sample: SampleInfo) => {
    await commands.openSample(sample.id);
    await commands.ask(sample.question);
  };
  return (
    <section className={styles.samples} aria-labelledby="samples">
      <div className={styles.head}>
        <h2 id="samples" className={styles.heading}>
          {heading(count)}
        </h2>
        <StackLegend />
      </div>
      <ul className={styles.list}>
        {samples.map((sample) => (
          <li key={sample.id} className={styles.sample}>
            <PaperStack tokens={sample.tokens} tallest={tallest} width={samples.length > 3 ? 54 : 72} />
            <div className={styles.words}>
              <h3 className={styles.title}>{sample.title}</h3>
              <p className={styles.facts} title={sample.description}>
                {formatCompact(sample.tokens)} tokens · {sample.description}
              </p>
              <p className={styles.question}>{sample.question}</p>
              <button
                type="button"
                className={styles.try}
                aria-label={`Try it: ${sample.title}`}
                onClick={() => void tryIt(sample)}
              >
                <Icon of={Play} size={14} />
                Try it
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A sample takes the place of what is in the library: said before it happens. */
function heading(documents: number): string {
  if (documents === 0) return 'Or start with one of these';
  return `Or put one of these in ${documents === 1 ? 'its' : 'their'} place`;
}
