import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore as useFlowStore,
  type NodeMouseHandler,
  type OnMove,
} from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { shownSelection } from '../../state/run-store.ts';
import { useLessMotion } from '../kit/use-media.ts';
import { flowEdges, flowNodes } from './flow-elements.ts';
import { layOut } from './graph-layout.ts';
import { createKeeper } from './keep-same.ts';
import styles from './graph.module.css';
import { NODE_TYPES, type GraphNode } from './nodes.tsx';
import { useRun, useRunStore } from './run-context.tsx';
import { neighbourOf } from './neighbour.ts';
import { EDGE_TYPES, type TrunkEdge } from './trunk-edge.tsx';
import { followViewport } from './viewport.ts';

export function GraphFlow() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

const SHIFT_MS = 150;

interface CanvasProps {
  readonly nodes: GraphNode[];
  readonly edges: TrunkEdge[];
  readonly onSelect: NodeMouseHandler<GraphNode>;
  readonly onMoveStart: OnMove;
}

const LABELS = { 'node.a11yDescription.default': 'Press Enter to show this call.' };

/** The library's own part, which looks at all of its props whenever it is drawn. */
const Canvas = memo(function Canvas({ nodes, edges, onSelect, onMoveStart }: CanvasProps) {
  return (
    <ReactFlow<GraphNode, TrunkEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodeClick={onSelect}
      onMoveStart={onMoveStart}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      elementsSelectable
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      panOnScroll
      minZoom={0.15}
      maxZoom={1.5}
      ariaLabelConfig={LABELS}
      attributionPosition="top-right"
    />
  );
});

function Flow() {
  const run = useRunStore();
  const state = useRun(({ view }) => view);
  const toggled = useRun((view) => view.toggled);
  const following = useRun((view) => view.following);
  const shown = useRun((view) => shownSelection(view)?.call ?? null);
  const selected = following ? null : shown;
  const layout = useMemo(() => layOut(state, { toggled, selected }), [state, toggled, selected]);
  const [keepNodes] = useState(createKeeper<GraphNode>);
  const [keepEdges] = useState(createKeeper<TrunkEdge>);
  const nodes = useMemo(() => keepNodes(flowNodes(layout, state, selected)), [keepNodes, layout, state, selected]);
  const edges = useMemo(() => keepEdges(flowEdges(layout)), [keepEdges, layout]);
  const flow = useReactFlow<GraphNode, TrunkEdge>();
  const width = useFlowStore((flowState) => flowState.width);
  const height = useFlowStore((flowState) => flowState.height);
  const lessMotion = useLessMotion();
  const duration = lessMotion ? 0 : SHIFT_MS;

  // The camera follows what happens now until the person moves it; selecting never moves it.
  const moved = useRef(false);
  useEffect(() => {
    if (following) moved.current = false;
  }, [following]);
  useEffect(() => {
    if (moved.current || width === 0) return;
    const now = layout.placed.find(({ piece }) => piece.id === shown);
    const next = followViewport(layout, now, { width, height });
    const { x, y, zoom } = flow.getViewport();
    if (Math.abs(next.x - x) + Math.abs(next.y - y) < 1 && Math.abs(next.zoom - zoom) < 0.001) return;
    void flow.setViewport(next, { duration });
  }, [flow, layout, shown, width, height, duration]);

  const select = useCallback<NodeMouseHandler<GraphNode>>(
    (_event, node) => {
      const { piece } = node.data;
      if (piece.kind === 'strip') return;
      const call = run.getState().view.calls.get(piece.call);
      run.select({ call: piece.call, turn: call?.turns.at(-1)?.turn ?? null });
    },
    [run],
  );
  const moveStarts = useCallback<OnMove>((event) => {
    // Only a hand on the graph carries an event; our own moves do not.
    if (event) moved.current = true;
  }, []);

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const node = (event.target as Element).closest<HTMLElement>('.react-flow__node');
    if (!node || event.target !== node) return;
    const id = node.dataset['id'] ?? '';
    if (event.key === 'Enter' || event.key === ' ') {
      const placed = layout.placed.find(({ piece }) => piece.id === id);
      if (!placed || placed.piece.kind === 'strip') return;
      event.preventDefault();
      run.select({ call: placed.piece.call, turn: null });
      return;
    }
    const next = neighbourOf(layout, id, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)?.focus();
  };

  const fit = () => {
    moved.current = true;
    void flow.fitView({ padding: 0.06, maxZoom: 1, duration });
  };

  return (
    <div className={styles['flow']} role="presentation" onKeyDown={walk}>
      <Canvas nodes={nodes} edges={edges} onSelect={select} onMoveStart={moveStarts} />
      <div className={styles['controls']}>
        <button type="button" aria-label="Zoom out" onClick={() => void flow.zoomOut({ duration })}>
          <Minus size={16} strokeWidth={1.6} aria-hidden="true" />
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => void flow.zoomIn({ duration })}>
          <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
        </button>
        <button type="button" aria-label="Fit the graph" onClick={fit}>
          <Maximize size={15} strokeWidth={1.6} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
