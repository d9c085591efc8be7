import { EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { depthColour } from '../kit/doll.tsx';
import { edgeWords } from './edge-words.ts';
import type { Link } from './graph-layout.ts';
import type { Piece } from './graph-model.ts';
import { useRun } from './run-context.tsx';
import styles from './trunk-edge.module.css';
import { trunkPath } from './trunk-path.ts';

export type TrunkEdge = Edge<
  { readonly link: Link; readonly piece: Piece; readonly depth: number },
  'trunk'
>;

const LABEL_ROOM = 90;

/** A hairline from the row that asked to what it asked: lacquer while it waits, wood once it is back. */
const TrunkEdgeView = memo(function TrunkEdgeView({ data }: EdgeProps<TrunkEdge>): ReactNode {
  const state = useRun(({ view }) => view);
  if (!data) return null;
  const { link, piece, depth } = data;
  const words = edgeWords(state, piece);
  const colour = words.way === 'sent' ? 'var(--lac)' : depthColour(depth);
  return (
    <>
      <path className={styles['edge']} d={trunkPath(link.from, link.to)} style={{ stroke: colour }} />
      <circle cx={link.from.x} cy={link.from.y} r="4" style={{ fill: colour }} />
      {link.gap >= LABEL_ROOM && words.text !== '' ? (
        <EdgeLabelRenderer>
          <span
            className={words.way === 'sent' ? styles['sent'] : styles['back']}
            style={{
              transform: `translate(${link.to.x - 6}px, ${link.to.y - 3}px) translate(-100%, -100%)`,
            }}
          >
            {words.way === 'sent' ? `${words.text} →` : <>← <em>{words.text}</em></>}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});

export const EDGE_TYPES = { trunk: TrunkEdgeView };
